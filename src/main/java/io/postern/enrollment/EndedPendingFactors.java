package io.postern.enrollment;

import io.postern.housekeeping.HousekeepingTask;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** Takes away pending factors that nobody has activated in time (RULES F3). */
@Singleton
final class EndedPendingFactors implements HousekeepingTask {

    private static final String TAKE_AWAY =
            "delete from factor where id in (select id from factor where status = 'pending' and expires_at < now() limit ?)";

    @Override
    public String name() {
        return "pending_factors";
    }

    @Override
    public Batch run(Connection connection) throws SQLException {
        return Batch.of(connection, TAKE_AWAY);
    }
}
