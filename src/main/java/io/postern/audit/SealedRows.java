package io.postern.audit;

import io.postern.audit.Fault.Sealed;
import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads sealed rows of one application in their order, a bounded number at a time, each time on a connection of its own. */
@Singleton
final class SealedRows {

    static final int BATCH = 1_000;

    private static final String COLUMNS = "select " + Link.COLUMNS + ", " + Row.COLUMNS + " from audit_event e";
    private static final String BEHIND = COLUMNS + " where e.application_id = ? and (e.sequence, e.id) > (?, ?)"
            + " and e.sequence >= ? and e.sequence <= ? order by e.sequence, e.id limit " + BATCH;
    private static final String AT = COLUMNS + " where e.application_id = ? and e.sequence = ? order by e.id limit 10";
    private static final String NEWEST =
            COLUMNS + " where e.application_id = ? and e.sequence is not null order by e.sequence desc limit 1";

    private final DataSource dataSource;

    SealedRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The rows behind that number, and those of the same number with a greater id, up to another number. */
    List<Sealed> behind(String application, long sequence, long id, long last) {
        return read(BEHIND, application, sequence, id, sequence, last);
    }

    /** The rows of one number: one, unless somebody meddled with them. */
    List<Sealed> at(String application, long sequence) {
        return read(AT, application, sequence);
    }

    Optional<Sealed> newest(String application) {
        return read(NEWEST, application).stream().findFirst();
    }

    private List<Sealed> read(String sql, String application, long... numbers) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, application);
            for (int i = 0; i < numbers.length; i++) {
                statement.setLong(2 + i, numbers[i]);
            }
            try (var found = statement.executeQuery()) {
                var rows = new ArrayList<Sealed>();
                while (found.next()) {
                    rows.add(sealed(found));
                }
                return rows;
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private static Sealed sealed(ResultSet row) throws SQLException {
        return new Sealed(Row.of(row), Link.of(row), Objects.requireNonNullElse(row.getString("key_id"), ""));
    }
}
