package io.postern.challenge;

import io.postern.housekeeping.HousekeepingTask;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** Takes away approvals that are a day old: they outlive every challenge, also one that an older copy of Redis' data brings back (RULES H2). */
@Singleton
final class OldApprovals implements HousekeepingTask {

    private static final String TAKE_AWAY =
            "delete from approval where challenge in (select challenge from approval where at < now() - interval '1 day' limit ?)";

    @Override
    public String name() {
        return "approvals";
    }

    @Override
    public Batch run(Connection connection) throws SQLException {
        return Batch.of(connection, TAKE_AWAY);
    }
}
