package io.postern.ops;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Bounds the labels of request metrics, for a method is the caller's word, and each invented one would be kept for good; and
 * says by which times requests and deliveries are told apart: averages hide the few that wait.
 */
final class RequestMetrics {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** Upper bounds of the buckets, in milliseconds. A message is to be there within five minutes. */
    private static final Map<String, long[]> BUCKETS = Map.of(
            "http.server.requests", new long[] {25, 50, 100, 250, 500, 1_000, 2_500},
            "postern.delivery.time", new long[] {1_000, 5_000, 15_000, 30_000, 60_000, 120_000, 300_000},
            "postern.delivery.provider", new long[] {250, 500, 1_000, 2_500, 5_000, 10_000});

    @Produces
    @Singleton
    MeterFilter knownMethods() {
        return MeterFilter.replaceTagValues("method", method -> METHODS.contains(method) ? method : "OTHER");
    }

    @Produces
    @Singleton
    MeterFilter buckets() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                var bounds = BUCKETS.get(id.getName());
                return bounds == null ? config : ofBounds(bounds).merge(config);
            }
        };
    }

    private static DistributionStatisticConfig ofBounds(long[] millis) {
        var nanos = Arrays.stream(millis)
                .mapToDouble(bound -> Duration.ofMillis(bound).toNanos())
                .toArray();
        return DistributionStatisticConfig.builder()
                .serviceLevelObjectives(nanos)
                .build();
    }
}
