package io.postern.webhook;

import io.postern.housekeeping.HousekeepingTask;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** Gives up what an endpoint has not taken in time, and takes away what was taken 7 days ago or failed 30 days ago. */
@Singleton
final class EndedDeliveries implements HousekeepingTask {

    private static final String GIVE_UP = """
            update webhook_delivery set state = 'failed', ended_at = now() where id in (
              select id from webhook_delivery
              where state = 'waiting' and expires_at < now() and (claim is null or due_at < now()) limit ?)
            """;
    private static final String TAKE_AWAY_DELIVERED = """
            delete from webhook_delivery where id in (
              select id from webhook_delivery where state = 'delivered' and ended_at < now() - interval '7 days' limit ?)
            """;
    private static final String TAKE_AWAY_FAILED = """
            delete from webhook_delivery where id in (
              select id from webhook_delivery where state = 'failed' and ended_at < now() - interval '30 days' limit ?)
            """;

    @Override
    public String name() {
        return "webhook_deliveries";
    }

    @Override
    public Batch run(Connection connection) throws SQLException {
        return Batch.of(connection, GIVE_UP)
                .and(Batch.of(connection, TAKE_AWAY_DELIVERED))
                .and(Batch.of(connection, TAKE_AWAY_FAILED));
    }
}
