package io.postern.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.postern.housekeeping.HousekeepingTask;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Looks at the newest part of each chain, so that what is broken is alarmed soon: {@code postern_audit_chain_broken} is 1
 * for its application, {@code postern_audit_chain_length} its newest number, which only grows, and
 * {@code postern_audit_unsealed_oldest_seconds} what waits. The whole is verified on demand.
 */
@Singleton
final class ChainCheck implements HousekeepingTask {

    private static final Logger LOG = Logger.getLogger(ChainCheck.class);
    private static final long NEWEST = 1_000;
    private static final String OLDEST =
            "select coalesce(extract(epoch from now() - min(at)), 0)::bigint from audit_event where sequence is null";

    private final Chains chains;
    private final Verifier verifier;
    private final MeterRegistry registry;
    private final AtomicLong oldest = new AtomicLong();
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    ChainCheck(Chains chains, Verifier verifier, MeterRegistry registry) {
        this.chains = chains;
        this.verifier = verifier;
        this.registry = registry;
        Gauge.builder("postern.audit.unsealed.oldest", oldest::get)
                .baseUnit("seconds")
                .register(registry);
    }

    @Override
    public String name() {
        return "audit_check";
    }

    @Override
    public Batch run(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(OLDEST);
                var rows = statement.executeQuery()) {
            oldest.set(rows.next() ? rows.getLong(1) : 0);
        }
        for (var stored : chains.all(connection)) {
            var application = stored.chain().application();
            seen.computeIfAbsent(application, this::registered).update(verifier.verifyNewest(application, NEWEST));
        }
        return Batch.NOTHING;
    }

    private Seen registered(String application) {
        var gauges = new Seen(application);
        Gauge.builder("postern.audit.chain.broken", gauges.broken::get)
                .tag("application", application)
                .register(registry);
        Gauge.builder("postern.audit.chain.length", gauges.length::get)
                .tag("application", application)
                .register(registry);
        return gauges;
    }

    /** What the last look saw. */
    private static final class Seen {

        private final String application;
        private final AtomicLong broken = new AtomicLong();
        private final AtomicLong length = new AtomicLong();

        Seen(String application) {
            this.application = application;
        }

        void update(Verification result) {
            var fault = result.fault();
            length.set(result.head().sequence());
            if (broken.getAndSet(fault == null ? 0 : 1) == 0 && fault != null) {
                LOG.errorf(
                        "The audit chain of %s is broken at %d: %s",
                        application, fault.sequence(), fault.kind().id());
            }
        }
    }
}
