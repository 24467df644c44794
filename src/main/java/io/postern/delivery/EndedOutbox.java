package io.postern.delivery;

import io.postern.housekeeping.HousekeepingTask;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** Takes away messages whose time is over, also where every channel is off and no copy moves any. */
@Singleton
final class EndedOutbox implements HousekeepingTask {

    private static final String TAKE_AWAY =
            "delete from outbox where id in (select id from outbox where expires_at <= now() limit ? for update skip locked)";

    @Override
    public String name() {
        return "outbox";
    }

    @Override
    public Batch run(Connection connection) throws SQLException {
        return Batch.of(connection, TAKE_AWAY);
    }
}
