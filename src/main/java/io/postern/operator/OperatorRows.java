package io.postern.operator;

import io.postern.application.Applications;
import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** The reads and the one insert by hand: what is asked at every call of an operator, and what decides who is first. */
@Singleton
final class OperatorRows {

    private static final String WHO_MAY_SIGN_IN =
            "select id from operator where name = ? and password is not null and suspended_at is null";

    private static final String STANDING = """
            select o.role, exists (
              select from subject s left join factor f on f.subject_id = s.id and f.status in ('active', 'suspended')
              where s.application_id = '%s' and s.external_id = o.id::text
              and (f.id is not null or s.frozen_at is not null))
            from operator o
            where o.id = ? and o.version = ? and o.suspended_at is null
            """.formatted(Applications.CONSOLE);

    private static final String HELD = STANDING + " for share of o";

    /** One statement, of which the unique index lets one through, whatever number of copies run it at once. */
    private static final String FIRST = """
            insert into operator (id, name, role, password, first, enroll_until, created_at)
            select ?, ?, 'admin', ?, true, ?, ? where not exists (select from operator)
            on conflict do nothing
            """;

    private final DataSource dataSource;

    OperatorRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The operator of that name, who has a password and is not suspended. */
    Optional<UUID> whoMaySignIn(String name) {
        if (!NewOperator.isName(name)) {
            return Optional.empty();
        }
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(WHO_MAY_SIGN_IN)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getObject(1, UUID.class)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    /** What an operator is now, whom nothing has changed since a version. */
    record Standing(OperatorRole role, boolean hasFactor) {}

    /** @param hold whether the row stays as it is until the transaction ends */
    Optional<Standing> standing(UUID operator, long version, boolean hold) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(hold ? HELD : STANDING)) {
            statement.setObject(1, operator);
            statement.setLong(2, version);
            try (var rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Standing(OperatorRole.of(rows.getString(1)), rows.getBoolean(2)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    /** False when there is an operator already. */
    boolean insertFirst(UUID id, String name, String password, Instant enrollUntil, Instant now) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(FIRST)) {
            statement.setObject(1, id);
            statement.setString(2, name);
            statement.setString(3, password);
            statement.setTimestamp(4, Timestamp.from(enrollUntil));
            statement.setTimestamp(5, Timestamp.from(now));
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }
}
