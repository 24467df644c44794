package io.postern.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

final class RetryDelayTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final RetryDelay delay = new RetryDelay(new SecureRandom());

    @Test
    void waitDoublesFromASecondToHalfAMinute() {
        long[] longest = {1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000};
        for (int tries = 1; tries <= longest.length; tries++) {
            for (int i = 0; i < 200; i++) {
                long millis = delay.after(tries, HOUR).toMillis();
                assertTrue(millis >= longest[tries - 1] / 2 && millis <= longest[tries - 1], tries + ": " + millis);
            }
        }
        assertTrue(delay.after(1_000_000, HOUR).toMillis() <= 30_000);
    }

    @Test
    void whatFailedTogetherDoesNotComeBackTogether() {
        var seen = new HashSet<Duration>();
        for (int i = 0; i < 100; i++) {
            seen.add(delay.after(5, HOUR));
        }
        assertTrue(seen.size() > 50, seen::toString);
    }

    @Test
    void nearTheEndTheTriesComeCloser() {
        assertEquals(Duration.ofSeconds(2), delay.after(6, Duration.ofSeconds(4)));
        assertEquals(Duration.ofMillis(500), delay.after(6, Duration.ofMillis(10)));
    }
}
