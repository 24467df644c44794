package io.postern.ops;

import io.postern.problem.Problem;
import io.postern.store.Scripts;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only with a Redis that answers and that never throws a key away to make room (RULES H1). */
@Readiness
@ApplicationScoped
class RedisReadiness implements HealthCheck {

    private static final String SAFE = "maxmemory_policy:noeviction";

    private final Scripts scripts;

    RedisReadiness(Scripts scripts) {
        this.scripts = scripts;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("Redis");
        try {
            boolean safe = isSafe(scripts);
            return (safe ? response : response.withData("reason", "maxmemory-policy must be noeviction"))
                    .status(safe)
                    .build();
        } catch (Problem unavailable) {
            return response.down().withData("reason", "no answer").build();
        }
    }

    /** Whether Redis answers that it is safe; throws what the scripts throw where it does not answer. */
    static boolean isSafe(Scripts scripts) {
        var memory = scripts.command("INFO", "memory");
        return memory != null && memory.toString().contains(SAFE);
    }
}
