package io.postern.sending;

import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The rows by which an operator stops a channel, at once and for all copies (RULES E2). */
@Singleton
final class KillSwitch {

    private static final String STOPPED = """
            select exists (
                select from sending_stop
                where channel = ?
                  and (application_id is null or application_id = ?)
                  and (region is null or region = ?))
            """;

    private final DataSource dataSource;

    KillSwitch(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    boolean covers(Send send) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(STOPPED)) {
            statement.setString(1, send.channel().id());
            statement.setString(2, send.application());
            statement.setString(3, send.region().orElse(null));
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }
}
