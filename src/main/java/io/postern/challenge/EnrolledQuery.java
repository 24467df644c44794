package io.postern.challenge;

import io.postern.crypto.Sealed;
import io.postern.factor.FactorType;
import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** All that a new challenge needs of Postgres, in one statement (RULES B6). */
@Singleton
class EnrolledQuery {

    private static final String QUERY = """
            select s.id, s.version, s.ask_every_sign_in, a.policy,
                   s.frozen_at is not null
                     or exists (select from factor h where h.subject_id = s.id and h.status = 'suspended'
                                and h.type <> 'recovery_code'),
                   f.id, f.type, f.label, f.default_factor, f.key_id, f.secret,
                   f.spent_codes, f.locked_at
            from application a
            join subject s on s.application_id = a.id
            left join factor f on f.subject_id = s.id and f.status = 'active'
              and (f.good_for is null or (f.good_for = s.version and f.good_until > now() and f.spent_codes = 0))
            where a.id = ? and a.suspended_at is null and s.external_id = ?
            order by f.type in ('recovery_code', 'bypass_code'), f.default_factor desc, f.created_at, f.id
            """;

    private final DataSource dataSource;

    EnrolledQuery(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Empty when the subject is unknown or the application suspended. */
    Optional<Enrolled> find(String application, String subject) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, application);
            statement.setString(2, subject);
            try (var rows = statement.executeQuery()) {
                return read(rows);
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private static Optional<Enrolled> read(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        var factors = new ArrayList<Enrolled.Factor>();
        var enrolled = new Enrolled(
                rows.getLong(1), rows.getLong(2), rows.getBoolean(3), rows.getString(4), rows.getBoolean(5), factors);
        do {
            var id = rows.getObject(6, UUID.class);
            if (id != null) {
                factors.add(new Enrolled.Factor(
                        id,
                        FactorType.of(rows.getString(7)),
                        rows.getString(8),
                        rows.getBoolean(9),
                        new Sealed(rows.getString(10), rows.getBytes(11)),
                        rows.getLong(12),
                        rows.getTimestamp(13) != null));
            }
        } while (rows.next());
        return Optional.of(enrolled);
    }
}
