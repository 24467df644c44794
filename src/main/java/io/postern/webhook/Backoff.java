package io.postern.webhook;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * When a failed call is made again. Each wait is drawn between its half and its whole, so that what failed together does not
 * come back together.
 */
@Singleton
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofHours(4);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final int MOST_STEPS = 20;

    private final SecureRandom random;

    Backoff(SecureRandom random) {
        this.random = random;
    }

    /**
     * For one message: 10 s, then three times as long each time, up to 4 hours.
     *
     * @param tries that have failed, at least one
     */
    Duration ofMessage(int tries) {
        return spread(FIRST, 3, tries, LONGEST);
    }

    /**
     * For an endpoint as a whole, which is asked with one message at a time: 5 s, then twice as long each time, up to 10
     * minutes.
     *
     * @param failures in a row, at least one
     */
    Duration ofEndpoint(int failures) {
        return spread(FIRST_PAUSE, 2, failures, LONGEST_PAUSE);
    }

    private Duration spread(Duration first, int factor, int count, Duration longest) {
        double steps = Math.pow(factor, Math.clamp(count - 1, 0, MOST_STEPS));
        long whole = (long) Math.min((double) longest.toMillis(), first.toMillis() * steps);
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }
}
