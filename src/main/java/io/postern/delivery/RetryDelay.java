package io.postern.delivery;

import java.security.SecureRandom;
import java.time.Duration;

/**
 * How long a message waits after a failed try: 1, 2, 4, 8 … s, at most 30, of which half is by chance, so that what failed
 * together does not come back together. Never longer than half of what is left until its end, but at least half a second.
 */
final class RetryDelay {

    private static final long LONGEST_MS = 30_000;
    private static final long SHORTEST_MS = 500;

    private final SecureRandom random;

    RetryDelay(SecureRandom random) {
        this.random = random;
    }

    /**
     * The wait.
     *
     * @param tries that have failed, at least one
     * @param left until the end
     */
    Duration after(int tries, Duration left) {
        return spread(Math.min(LONGEST_MS, 1_000L << Math.min(tries - 1, 5)), left);
    }

    /** The wait after a try whose answer may still come: as long as after many. */
    Duration longest(Duration left) {
        return spread(LONGEST_MS, left);
    }

    private Duration spread(long backoff, Duration left) {
        long spread = backoff / 2 + random.nextLong(backoff / 2 + 1);
        return Duration.ofMillis(Math.max(SHORTEST_MS, Math.min(spread, left.toMillis() / 2)));
    }
}
