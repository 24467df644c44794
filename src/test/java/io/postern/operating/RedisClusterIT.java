package io.postern.operating;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.RedisCluster;
import io.postern.embedded.Watchdog;
import io.postern.harness.Postern;
import org.junit.jupiter.api.Test;

/** RULES H2, D4: as with Sentinel, for those whose slots the dead primary had, and with the others' keys beside them. */
final class RedisClusterIT {
    private static final int TAG = 22;

    @Test
    void replicaTakesOverAndNothingIsApprovedTwiceAndNoDelayIsForgotten() {
        var watchdog = Watchdog.start();
        try (var redis = RedisCluster.start(watchdog);
                var postern =
                        Postern.start(Postern.Options.DEFAULT.withDelivery().withEnvironment(redis.environment()))) {
            int primary = redis.primaryOf("{delivery:email}"); // with the queue of mails
            var witnesses =
                    new Witnesses(postern, challenge -> redis.primaryOf(challenge.substring(0, TAG)) == primary);

            redis.kill(primary);

            witnesses.requireThatNothingIsLost();
            assertTrue(redis.replicaLeads(primary));
        } finally {
            watchdog.close();
        }
    }
}
