package io.postern.subject;

import io.postern.housekeeping.HousekeepingTask;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** Takes away tombstones whose time is over (RULES F6). */
@Singleton
final class EndedTombstones implements HousekeepingTask {

    private static final String TAKE_AWAY =
            "delete from erased_subject where digest in (select digest from erased_subject where ends_at < now() limit ?)";

    @Override
    public String name() {
        return "erased_subjects";
    }

    @Override
    public Batch run(Connection connection) throws SQLException {
        return Batch.of(connection, TAKE_AWAY);
    }
}
