package io.postern.delivery;

import io.smallrye.health.api.HealthGroup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * {@code /q/health/group/delivery}: down when a message waits for over a minute. No part of readiness: a copy whose mail server
 * is away still serves everybody who needs no mail. What waits and how long providers take is told of all copies, the last
 * outcome at each provider of this copy.
 */
@HealthGroup("delivery")
@ApplicationScoped
class DeliveryHealth implements HealthCheck {

    private static final Duration TOO_LONG = Duration.ofMinutes(1);

    private final Backlog backlog;
    private final Tries tries;

    DeliveryHealth(Backlog backlog, Tries tries) {
        this.backlog = backlog;
        this.tries = tries;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("delivery");
        try {
            boolean well = true;
            for (var queue : backlog.now().entrySet()) {
                var channel = queue.getKey();
                var depth = queue.getValue();
                response.withData(channel.id() + ".waiting", depth.messages());
                response.withData(
                        channel.id() + ".oldest_seconds", depth.oldest().toSeconds());
                tries.lastOf(channel).forEach(response::withData);
                depth.latency().byProvider().forEach((provider, times) -> {
                    var name = channel.id() + "." + provider;
                    response.withData(name + ".median_ms", times.median().toMillis());
                    response.withData(name + ".longest_ms", times.longest().toMillis());
                });
                well &= depth.oldest().compareTo(TOO_LONG) <= 0;
            }
            return response.status(well).build();
        } catch (RuntimeException unavailable) {
            return response.down().withData("reason", "Redis does not answer").build();
        }
    }
}
