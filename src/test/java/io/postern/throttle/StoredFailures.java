package io.postern.throttle;

import io.postern.harness.Postern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The failures of one subject as they stand in Redis. */
final class StoredFailures {
    private final Postern postern;
    private final String key;

    private StoredFailures(Postern postern, String key) {
        this.postern = postern;
        this.key = key;
    }

    /** Of the subject of a challenge. */
    static StoredFailures of(Postern postern, String challenge) {
        return new StoredFailures(postern, "postern:{" + challenge.substring(0, 22) + "}:failures");
    }

    /** What a factor has failed, long ago; the level is that of the factor. */
    void set(int level, String factor, int count) {
        command("HSET", key, level + ":" + factor, count + "@0");
        command("PEXPIRE", key, "86400000");
    }

    /** When the last one was: so many seconds ago. */
    void setAge(long seconds) {
        long at = System.currentTimeMillis() - seconds * 1_000;
        counts().forEach((share, count) -> command("HSET", key, share, count + "@" + at));
    }

    /** All counts by level and factor. */
    Map<String, String> counts() {
        var counts = new TreeMap<String, String>();
        if (command("HGETALL", key) instanceof List<?> flat) {
            for (int i = 0; i < flat.size(); i += 2) {
                var count = String.valueOf(flat.get(i + 1)).split("@", 2)[0];
                counts.put(String.valueOf(flat.get(i)), count);
            }
        }
        return counts;
    }

    /** Milliseconds until all is forgotten. */
    long life() {
        return command("PTTL", key) instanceof Long millis ? millis : -1;
    }

    /** As if only that much of their life were left. */
    void endIn(Duration left) {
        command("PEXPIRE", key, Long.toString(left.toMillis()));
    }

    private @Nullable Object command(String... words) {
        return postern.redis().command(words);
    }
}
