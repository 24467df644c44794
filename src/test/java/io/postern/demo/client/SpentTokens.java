package io.postern.demo.client;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Remembers which tokens were taken, until they have expired anyway. A front end of several processes keeps this where
 * all of them see it, in a table with a unique key for example.
 */
final class SpentTokens {
    private final ConcurrentMap<String, Instant> spent = new ConcurrentHashMap<>();
    private final Clock clock;

    SpentTokens(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes a token. Of any number of callers at the same time one is told {@code true}.
     *
     * @param until the moment from which the token is refused for its age
     */
    boolean take(String jti, Instant until) {
        Instant now = clock.instant();
        spent.values().removeIf(end -> end.isBefore(now));
        return spent.putIfAbsent(jti, until) == null;
    }
}
