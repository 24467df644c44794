package io.postern.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.postern.delivery.Outage;
import io.postern.event.SecurityEvent;
import io.postern.factor.FactorType;
import io.postern.housekeeping.HousekeepingConfig;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;

/**
 * Counts security events once they are true: {@code postern_security_events_total} by application, type and factor. What
 * alerts look at is there for each application before it happens, at 0: a counter that begins at 1 has not grown for Prometheus,
 * and the first lock of a factor would be told to nobody.
 */
@Singleton
final class EventMetrics {

    private static final String NO_FACTOR = "none";

    private static final List<String> OF_APPLICATIONS = List.of(
            "challenge_created",
            "verification_delayed",
            "device_token_reused",
            "change_disowned",
            "subject_frozen",
            "webhook_disabled",
            "sending_stopped");
    private static final List<String> OF_FACTORS =
            List.of("challenge_approved", "code_refused", "factor_locked", "failures_repeated");
    private static final String OF_CHANNELS = "code_sent";

    private static final String APPLICATIONS = "select id from application";

    private final MeterRegistry registry;
    private final DataSource dataSource;
    private final Outage outage = new Outage("Looking for applications to count for");

    EventMetrics(MeterRegistry registry, DataSource dataSource) {
        this.registry = registry;
        this.dataSource = dataSource;
    }

    void count(@Observes(during = TransactionPhase.AFTER_SUCCESS) SecurityEvent event) {
        var about = event.about();
        var factorType = about.factorType();
        counter(about.application(), event.type(), factorType == null ? NO_FACTOR : factorType.id())
                .increment();
    }

    @Scheduled(every = HousekeepingConfig.EVERY, concurrentExecution = ConcurrentExecution.SKIP)
    void prepare() {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(APPLICATIONS);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                prepare(rows.getString(1));
            }
            outage.over();
        } catch (SQLException unavailable) {
            outage.met(unavailable);
        }
    }

    private void prepare(String application) {
        OF_APPLICATIONS.forEach(type -> counter(application, type, NO_FACTOR));
        Arrays.stream(FactorType.values()).forEach(factor -> {
            OF_FACTORS.forEach(type -> counter(application, type, factor.id()));
            factor.channel().ifPresent(channel -> counter(application, OF_CHANNELS, factor.id()));
        });
    }

    private Counter counter(String application, String type, String factor) {
        return Counter.builder("postern.security.events")
                .description("Security events, as the audit trail and webhooks name them")
                .tag("application", application)
                .tag("type", type)
                .tag("factor", factor)
                .register(registry);
    }
}
