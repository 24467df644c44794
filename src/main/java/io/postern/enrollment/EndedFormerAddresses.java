package io.postern.enrollment;

import io.postern.housekeeping.HousekeepingTask;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** Takes away replaced addresses that have been told of changes for long enough (RULES F6). */
@Singleton
final class EndedFormerAddresses implements HousekeepingTask {

    private static final String TAKE_AWAY =
            "delete from former_address where id in (select id from former_address where ends_at < now() limit ?)";

    @Override
    public String name() {
        return "former_addresses";
    }

    @Override
    public Batch run(Connection connection) throws SQLException {
        return Batch.of(connection, TAKE_AWAY);
    }
}
