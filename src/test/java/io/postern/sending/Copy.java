package io.postern.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.postern.embedded.Redis;
import io.postern.event.SecurityEvent;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.store.Scripts;
import io.quarkus.redis.runtime.datasource.BlockingRedisDataSourceImpl;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The limits as a copy of the service has them, with its own connections to the stores. */
final class Copy implements AutoCloseable {
    /** What may pass between a send and the look at what is left of a window. */
    private static final long SLACK_SECONDS = 15;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Fired fired = new Fired();
    private final SendLimits limits;

    private Copy(Stores stores, Redis redis) {
        var options = new RedisOptions()
                .setConnectionString(redis.uri().toString())
                .setMaxPoolSize(32)
                .setMaxPoolWaiting(4096);
        var client = io.vertx.mutiny.redis.client.Redis.createClient(vertx, options);
        var scripts = new Scripts(
                new BlockingRedisDataSourceImpl(vertx, client, RedisAPI.api(client), Duration.ofMillis(1500)));
        limits = new SendLimits(
                new KillSwitch(stores.dataSource()),
                new Names(stores.hash()),
                new SubjectSends(scripts),
                new TaggedSends(scripts),
                new RegionSends(scripts),
                scripts,
                fired,
                registry);
    }

    static Copy on(Stores stores) {
        return new Copy(stores, stores.redis());
    }

    static Copy on(Stores stores, Redis redis) {
        return new Copy(stores, redis);
    }

    Reservation reserve(Draft draft) {
        return limits.reserve(draft.send());
    }

    /** Whether it was let through; nothing but the code that is expected refuses it. */
    boolean tries(Draft draft, ProblemCode expected) {
        try {
            reserve(draft);
            return true;
        } catch (Problem refusal) {
            assertEquals(expected, refusal.code());
            return false;
        }
    }

    /** It is refused for that reason and no other, until that time is over. */
    void refuses(Draft draft, Refusal reason, Duration wait) {
        var problem = refusal(draft, reason);
        assertEquals(ProblemCode.TOO_MANY_SENDS, problem.code());
        long left =
                wait.toSeconds() - Objects.requireNonNull(problem.retryAfter()).toSeconds();
        assertTrue(left >= 0 && left <= SLACK_SECONDS, "Retry-After: " + problem.retryAfter());
    }

    /** It is refused for that reason and no other, nobody knows for how long. */
    void stops(Draft draft, Refusal reason) {
        var problem = refusal(draft, reason);
        assertEquals(ProblemCode.SENDING_STOPPED, problem.code());
        assertEquals(Optional.empty(), Optional.ofNullable(problem.retryAfter()));
    }

    private Problem refusal(Draft draft, Refusal reason) {
        double before = refusals(draft, reason);
        var problem = assertThrows(Problem.class, () -> reserve(draft));
        assertEquals(before + 1, refusals(draft, reason), reason + " is counted; all: " + registry.getMeters());
        return problem;
    }

    private double refusals(Draft draft, Refusal reason) {
        return registry.counter(
                        "postern.sends.refused",
                        "application",
                        draft.application(),
                        "channel",
                        draft.channel().id(),
                        "reason",
                        reason.id())
                .count();
    }

    void refund(Reservation reservation) {
        limits.refund(reservation);
    }

    /** The destination of the draft is proven now. */
    void verified(Draft draft) {
        limits.verified(draft.application(), draft.region(), draft.factor());
    }

    List<SecurityEvent> events(String application) {
        return fired.events().stream()
                .filter(event -> event.about().application().equals(application))
                .toList();
    }

    @Override
    public void close() {
        vertx.closeAndAwait();
    }
}
