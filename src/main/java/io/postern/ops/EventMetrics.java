package io.postern.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.postern.event.SecurityEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;

/** Counts security events once they are true: {@code postern_security_events_total} by application, type and factor. */
@Singleton
final class EventMetrics {

    private final MeterRegistry registry;

    EventMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(@Observes(during = TransactionPhase.AFTER_SUCCESS) SecurityEvent event) {
        var about = event.about();
        var factorType = about.factorType();
        var factor = factorType == null ? "none" : factorType.id();
        var tags = Tags.of("application", about.application(), "type", event.type(), "factor", factor);
        registry.counter("postern.security.events", tags).increment();
    }
}
