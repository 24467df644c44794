package io.postern.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RedisIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    @SuppressWarnings("NullAway.Init")
    private static Watchdog watchdog;

    @BeforeAll
    static void startWatchdog() {
        watchdog = Watchdog.start();
    }

    @AfterAll
    static void endWatchdog() {
        watchdog.close();
    }

    @Test
    void killedItComesBackEmptyOnTheSamePort() {
        try (Redis redis = Redis.start(Redis.Options.TEMPORARY, watchdog)) {
            int port = redis.port();
            redis.command("SET", "key", "value");

            redis.kill();
            assertFalse(redis.answers());
            redis.start();

            assertEquals(port, redis.port());
            assertNull(redis.command("GET", "key"));
        }
    }

    @Test
    void itNeverEvictsAKey() {
        try (Redis redis = Redis.start(Redis.Options.TEMPORARY, watchdog)) {
            assertEquals(List.of("maxmemory-policy", "noeviction"), redis.command("CONFIG", "GET", "maxmemory-policy"));
        }
    }

    @Test
    void frozenItAnswersNothingAndThawedItGoesOn() throws IOException {
        try (Redis redis = Redis.start(Redis.Options.TEMPORARY, watchdog);
                RedisConnection connection = redis.connect()) {
            connection.command("SET", "key", "value");
            redis.freeze();
            connection.setTimeout(Duration.ofMillis(300));
            assertThrows(IOException.class, () -> connection.command("GET", "key"));

            redis.thaw();

            Await.until(SOON, "Redis answers again", redis::answers);
            assertEquals("value", redis.command("GET", "key"));
        }
    }

    @Test
    void frozenItCanBeEnded() {
        Redis redis = Redis.start(Redis.Options.TEMPORARY, watchdog);
        long pid = redis.pid();
        redis.freeze();

        redis.close();

        assertFalse(ProcessTree.runs(pid));
    }

    @Test
    void keptDataIsThereInTheNextRun(@TempDir Path home) {
        Redis.Options options = Redis.Options.keptIn(home);
        try (Redis first = Redis.start(options, watchdog)) {
            first.command("SET", "key", "value");
        }
        try (Redis second = Redis.start(options, watchdog)) {
            assertEquals("value", second.command("GET", "key"));
        }
    }

    @Test
    void clusterRefusesScriptsAcrossSlotsAlsoAfterARestart() {
        try (Redis redis = Redis.start(Redis.Options.CLUSTER, watchdog)) {
            assertTrue(acrossSlots(redis).startsWith("CROSSSLOT"));
            assertEquals(1L, redis.command("EVAL", "return 1", "2", "{one}a", "{one}b"));

            redis.kill();
            redis.start();

            assertTrue(acrossSlots(redis).startsWith("CROSSSLOT"));
        }
    }

    private static String acrossSlots(Redis redis) {
        RedisConnection.RedisError error = assertThrows(
                RedisConnection.RedisError.class, () -> redis.command("EVAL", "return 1", "2", "{one}", "{two}"));
        return Objects.requireNonNull(error.getMessage());
    }
}
