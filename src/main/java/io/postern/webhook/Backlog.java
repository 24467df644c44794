package io.postern.webhook;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.postern.delivery.Outage;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * How long the delivery that waits longest has been due, of endpoints that are on: {@code postern_webhook_backlog_seconds}.
 * Looked at every few seconds, so that reading metrics asks no store.
 */
@Singleton
class Backlog {

    private static final String OLDEST = """
            select coalesce(extract(epoch from now() - min(o.due_at)), 0)
            from webhook_endpoint e, lateral (
              select d.due_at from webhook_delivery d
              where d.endpoint_id = e.id and d.state = 'waiting' and d.due_at <= now()
              order by d.due_at limit 1) o
            where e.enabled
            """;

    private final DataSource dataSource;
    private final MeterRegistry registry;
    private final Outage outage = new Outage("Looking at the backlog of webhooks");
    private volatile double seconds;

    Backlog(DataSource dataSource, MeterRegistry registry) {
        this.dataSource = dataSource;
        this.registry = registry;
    }

    void start(@Observes StartupEvent start) {
        TimeGauge.builder("postern.webhook.backlog", () -> seconds, TimeUnit.SECONDS)
                .register(registry);
    }

    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(OLDEST);
                var rows = statement.executeQuery()) {
            seconds = rows.next() ? rows.getDouble(1) : 0;
            outage.over();
        } catch (SQLException unavailable) {
            outage.met(unavailable);
        }
    }
}
