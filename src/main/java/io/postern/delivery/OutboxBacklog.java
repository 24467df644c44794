package io.postern.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * How long the oldest of the next thousand messages of the outbox has waited to be queued: {@code
 * postern_outbox_oldest_seconds}. Looked at every few seconds, so that reading metrics asks no store.
 */
@Singleton
class OutboxBacklog {

    private static final String OLDEST = """
            select coalesce(extract(epoch from now() - min(o.created_at)), 0)
            from (select created_at from outbox order by due_at limit 1000) o
            """;

    private final DataSource dataSource;
    private final MeterRegistry registry;
    private final Outage outage = new Outage("Looking at the backlog of the outbox");
    private volatile double seconds;

    OutboxBacklog(DataSource dataSource, MeterRegistry registry) {
        this.dataSource = dataSource;
        this.registry = registry;
    }

    void start(@Observes StartupEvent start) {
        TimeGauge.builder("postern.outbox.oldest", () -> seconds, TimeUnit.SECONDS)
                .description("How long the oldest message of the outbox has waited; 0 where none does")
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
