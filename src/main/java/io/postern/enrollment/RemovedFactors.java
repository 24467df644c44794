package io.postern.enrollment;

import io.postern.housekeeping.HousekeepingTask;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** Takes away removed factors once their removal can no longer be disowned (RULES F5). */
@Singleton
final class RemovedFactors implements HousekeepingTask {

    private static final String TAKE_AWAY =
            "delete from factor where id in (select id from factor where status = 'removed' and removed_at < now() - interval '7 days' limit ?)";

    @Override
    public String name() {
        return "removed_factors";
    }

    @Override
    public Batch run(Connection connection) throws SQLException {
        return Batch.of(connection, TAKE_AWAY);
    }
}
