package io.postern.operating;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.RedisPair;
import io.postern.embedded.Watchdog;
import io.postern.harness.Postern;
import org.junit.jupiter.api.Test;

/** RULES H2, D4: a replica takes over from a Redis that dies; docs/operations/high-availability.md says what that costs. */
final class SentinelIT {

    @Test
    void replicaTakesOverAndNothingIsApprovedTwiceAndNoDelayIsForgotten() {
        var watchdog = Watchdog.start();
        try (var redis = RedisPair.start(watchdog);
                var postern =
                        Postern.start(Postern.Options.DEFAULT.withDelivery().withEnvironment(redis.environment()))) {
            var witnesses = new Witnesses(postern, challenge -> true);
            redis.awaitCopied();

            redis.killFirst();

            witnesses.requireThatNothingIsLost();
            assertTrue(redis.secondLeads());
        } finally {
            watchdog.close();
        }
    }
}
