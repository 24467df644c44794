package io.postern.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.postern.delivery.Outage;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * How long what waits in Postgres has waited: {@code postern_outbox_oldest_seconds}, the oldest of the next thousand messages of
 * the outbox to be queued, and {@code postern_webhook_backlog_seconds}, the delivery that has been due longest, of endpoints
 * that are on; 0 where nothing waits. Looked at every few seconds, so that reading metrics asks no store.
 */
@Singleton
class Backlogs {

    private static final String OUTBOX = """
            select coalesce(extract(epoch from now() - min(o.created_at)), 0)
            from (select created_at from outbox order by due_at limit 1000) o
            """;

    private static final String WEBHOOKS = """
            select coalesce(extract(epoch from now() - min(o.due_at)), 0)
            from webhook_endpoint e, lateral (
              select d.due_at from webhook_delivery d
              where d.endpoint_id = e.id and d.state = 'waiting' and d.due_at <= now()
              order by d.due_at limit 1) o
            where e.enabled
            """;

    private final List<Backlog> backlogs;
    private final MeterRegistry registry;

    Backlogs(DataSource dataSource, MeterRegistry registry) {
        this.backlogs = List.of(
                new Backlog("postern.outbox.oldest", "the outbox", OUTBOX, dataSource),
                new Backlog("postern.webhook.backlog", "webhooks", WEBHOOKS, dataSource));
        this.registry = registry;
    }

    void start(@Observes StartupEvent start) {
        backlogs.forEach(backlog -> backlog.tell(registry));
    }

    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        backlogs.forEach(Backlog::look);
    }

    private static final class Backlog {

        private final String gauge;
        private final String what;
        private final String oldest;
        private final DataSource dataSource;
        private final Outage outage;
        private volatile double seconds;

        /** @param oldest the query for the seconds */
        Backlog(String gauge, String what, String oldest, DataSource dataSource) {
            this.gauge = gauge;
            this.what = what;
            this.oldest = oldest;
            this.dataSource = dataSource;
            this.outage = new Outage("Looking at the backlog of " + what);
        }

        void tell(MeterRegistry registry) {
            TimeGauge.builder(gauge, () -> seconds, TimeUnit.SECONDS)
                    .description("How long the oldest of " + what + " has waited; 0 where nothing does")
                    .register(registry);
        }

        void look() {
            try (var connection = dataSource.getConnection();
                    var statement = connection.prepareStatement(oldest);
                    var rows = statement.executeQuery()) {
                seconds = rows.next() ? rows.getDouble(1) : 0;
                outage.over();
            } catch (SQLException unavailable) {
                outage.met(unavailable);
            }
        }
    }
}
