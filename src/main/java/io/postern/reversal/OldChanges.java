package io.postern.reversal;

import io.postern.housekeeping.HousekeepingTask;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** Takes away changes that can no longer be disowned, and their links (RULES F5). */
@Singleton
final class OldChanges implements HousekeepingTask {

    private static final String TAKE_AWAY =
            "delete from subject_change where id in (select id from subject_change where at < now() - interval '7 days' limit ?)";

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public Batch run(Connection connection) throws SQLException {
        return Batch.of(connection, TAKE_AWAY);
    }
}
