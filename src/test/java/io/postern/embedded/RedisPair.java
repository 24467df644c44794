package io.postern.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A Redis with a replica, and three sentinels that let the replica take over a second after the first has gone. */
public final class RedisPair implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(20);
    private static final String NAME = "postern";
    private static final int SENTINELS = 3;
    private static final int QUORUM = 2;

    private final Watchdog watchdog;
    private final int first = Ports.free();
    private final int second = Ports.free();
    private final List<Integer> sentinels = new ArrayList<>();
    private final List<Child> children = new ArrayList<>();

    private RedisPair(Watchdog watchdog) {
        this.watchdog = watchdog;
    }

    /** Starts all of it; returns when the replica follows and each sentinel knows the others and the replica. */
    public static RedisPair start(Watchdog watchdog) {
        var pair = new RedisPair(watchdog);
        try {
            pair.startServer(pair.first);
            pair.startServer(pair.second, "--replicaof", "127.0.0.1 " + pair.first);
            for (int number = 0; number < SENTINELS; number++) {
                pair.startSentinel(Ports.free());
            }
            Await.until(READY, "a replica and three sentinels", pair::isWhole);
            return pair;
        } catch (RuntimeException e) {
            pair.close();
            throw e;
        }
    }

    private void startServer(int port, String... more) {
        var directory = directory("redis-" + port);
        var command = new ArrayList<>(List.of(Binaries.redis().toString()));
        command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
        command.addAll(List.of("--dir", directory.toString(), "--save", "", "--maxmemory-policy", "noeviction"));
        command.addAll(List.of("--repl-diskless-sync-delay", "0"));
        command.addAll(List.of(more));
        launch("Redis-" + port, command, directory);
        Await.until(READY, "Redis answers", () -> answers(port));
    }

    private void startSentinel(int port) {
        var directory = directory("sentinel-" + port);
        var configuration = directory.resolve("sentinel.conf");
        try {
            Files.writeString(configuration, """
                    bind 127.0.0.1
                    port %d
                    dir %s
                    sentinel monitor %s 127.0.0.1 %d %d
                    sentinel down-after-milliseconds %s 1000
                    sentinel failover-timeout %s 5000
                    """.formatted(port, directory, NAME, first, QUORUM, NAME, NAME));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sentinels.add(port);
        launch("Sentinel", List.of(Binaries.redis().toString(), configuration.toString(), "--sentinel"), directory);
    }

    private Path directory(String name) {
        try {
            return Files.createDirectories(watchdog.scratch().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void launch(String name, List<String> command, Path directory) {
        children.add(Child.start(
                new Child.Spec(name, command, Map.of(), directory, directory.resolve("log"), "TERM"), watchdog));
    }

    private static boolean answers(int port) {
        try (var connection = new RedisConnection(port)) {
            return "PONG".equals(connection.command("PING"));
        } catch (IOException | RedisConnection.RedisError e) {
            return false;
        }
    }

    private boolean isWhole() {
        return sentinels.stream().allMatch(sentinel -> {
            var known = info(sentinel);
            return known.contains("slaves=1,sentinels=" + SENTINELS);
        });
    }

    private static String info(int port) {
        try (var connection = new RedisConnection(port)) {
            return String.valueOf(connection.command("INFO"));
        } catch (IOException | RedisConnection.RedisError e) {
            return "";
        }
    }

    /** How the service finds it: configuration as environment variables. */
    public Map<String, String> environment() {
        var hosts = sentinels.stream().map(port -> "redis://127.0.0.1:" + port).collect(Collectors.joining(","));
        return Map.of(
                "QUARKUS_REDIS_CLIENT_TYPE", "sentinel",
                "QUARKUS_REDIS_HOSTS", hosts,
                "QUARKUS_REDIS_MASTER_NAME", NAME);
    }

    /** Returns when the replica has all that was written until now. */
    public void awaitCopied() {
        Await.until(READY, "the replica has all", () -> Long.valueOf(1).equals(command(first, "WAIT", "1", "1000")));
    }

    /** SIGKILL to the one that takes writes at the beginning. */
    public void killFirst() {
        children.getFirst().kill();
    }

    /** Whether the replica of the beginning takes writes. */
    public boolean secondLeads() {
        return info(second).contains("role:master");
    }

    /** Sends one command to the replica of the beginning. */
    public @Nullable Object second(String... words) {
        return command(second, words);
    }

    private static @Nullable Object command(int port, String... words) {
        try (var connection = new RedisConnection(port)) {
            return connection.command(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        children.reversed().forEach(Child::stop);
    }
}
