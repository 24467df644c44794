package io.postern.audit;

import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The audit rows of one subject, for the person's own eyes and the help desk's. */
@Singleton
public class SubjectTrail {

    private static final int FETCH = 1_000;

    private static final String OF = """
            select at, type, factor_id, factor_type, challenge, client_id, ip, user_agent, actor, reason from audit_event
            where application_id = ? and subject_id = ? order by at, id
            """;
    private static final String LATEST = OF.replace("order by at, id", "order by at desc, id desc limit ?");

    private final DataSource dataSource;

    SubjectTrail(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The oldest first. */
    @Transactional(TxType.MANDATORY)
    public List<TrailEntry> of(String application, long subject) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(OF)) {
            statement.setFetchSize(FETCH);
            statement.setString(1, application);
            statement.setLong(2, subject);
            return read(statement);
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    /** So many at most, the newest first, sealed or not yet. */
    @Transactional(TxType.MANDATORY)
    public List<TrailEntry> latest(String application, long subject, int most) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(LATEST)) {
            statement.setString(1, application);
            statement.setLong(2, subject);
            statement.setInt(3, most);
            return read(statement);
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private static List<TrailEntry> read(PreparedStatement statement) throws SQLException {
        var entries = new ArrayList<TrailEntry>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                entries.add(read(rows));
            }
        }
        return entries;
    }

    private static TrailEntry read(ResultSet row) throws SQLException {
        return new TrailEntry(
                row.getTimestamp(1).toInstant(),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10));
    }
}
