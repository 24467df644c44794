package io.postern.device;

import io.postern.housekeeping.HousekeepingTask;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** Takes away computers whose time is over. */
@Singleton
final class EndedDevices implements HousekeepingTask {

    private static final String TAKE_AWAY =
            "delete from remembered_device where id in (select id from remembered_device where expires_at < now() limit ?)";

    @Override
    public String name() {
        return "remembered_devices";
    }

    @Override
    public Batch run(Connection connection) throws SQLException {
        return Batch.of(connection, TAKE_AWAY);
    }
}
