package io.postern.webhook;

import io.postern.housekeeping.HousekeepingTask;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;

/** Takes away replaced secrets whose time is over, and removed endpoints once their deliveries are gone. */
@Singleton
final class RemovedEndpoints implements HousekeepingTask {

    private static final String TAKE_AWAY_SECRETS =
            "delete from webhook_secret where id in (select id from webhook_secret where expires_at < now() limit ?)";

    private static final String TAKE_AWAY_DELIVERIES = """
            delete from webhook_delivery where id in (
              select d.id from webhook_endpoint e join webhook_delivery d on d.endpoint_id = e.id
              where e.removed_at < now() - interval '1 minute' limit ?)
            """;
    private static final String TAKE_AWAY_ENDPOINTS = """
            delete from webhook_endpoint where id in (
              select id from webhook_endpoint e where removed_at < now() - interval '10 minutes'
              and not exists (select from webhook_delivery d where d.endpoint_id = e.id) limit ?)
            """;

    @Override
    public String name() {
        return "webhook_endpoints";
    }

    @Override
    public Batch run(Connection connection) throws SQLException {
        return Batch.of(connection, TAKE_AWAY_SECRETS)
                .and(Batch.of(connection, TAKE_AWAY_DELIVERIES))
                .and(Batch.of(connection, TAKE_AWAY_ENDPOINTS));
    }
}
