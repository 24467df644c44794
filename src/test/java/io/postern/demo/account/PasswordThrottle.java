package io.postern.demo.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Slows down the guessing of passwords: {@link #TRIES} for a name from one address in {@link #WINDOW}. Tries are counted
 * before the password is looked at, so that guesses in parallel gain nothing. Held in this process, as a demo may; a
 * product of several processes keeps the counts in a store that all of them share.
 */
public final class PasswordThrottle {
    static final int TRIES = 10;
    static final Duration WINDOW = Duration.ofMinutes(5);

    private static final int MOST_ENTRIES = 10_000;

    private record Key(String name, String address) {}

    private record Count(int tries, Instant since) {
        Instant end() {
            return since.plus(WINDOW);
        }
    }

    private final ConcurrentMap<Key, Count> counts = new ConcurrentHashMap<>();
    private final Clock clock;

    public PasswordThrottle(Clock clock) {
        this.clock = clock;
    }

    /** Counts a try, and says whether it may be made. */
    public boolean claim(String name, String address) {
        Instant now = clock.instant();
        counts.values().removeIf(count -> !now.isBefore(count.end()));
        if (counts.size() >= MOST_ENTRIES) {
            return false;
        }
        Count count = counts.merge(
                new Key(name, address), new Count(1, now), (old, one) -> new Count(old.tries() + 1, old.since()));
        return count.tries() <= TRIES;
    }

    /** Forgets the tries after a right password. */
    public void clear(String name, String address) {
        counts.remove(new Key(name, address));
    }
}
