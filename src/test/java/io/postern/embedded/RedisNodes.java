package io.postern.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Processes of Redis that are more than one store: those of a pair with its sentinels, or of a cluster. */
final class RedisNodes implements AutoCloseable {
    static final Duration READY = Duration.ofSeconds(20);

    private static final Pattern WRITTEN = Pattern.compile("(?m)^master_repl_offset:([0-9]+)");
    private static final Pattern COPIED = Pattern.compile("(?m)^slave0:.*offset=([0-9]+)");

    private final Watchdog watchdog;
    private final List<Child> children = new ArrayList<>();

    RedisNodes(Watchdog watchdog) {
        this.watchdog = watchdog;
    }

    /** One that keeps nothing; returns when it answers. */
    Child startServer(int port, String... more) {
        var directory = directory("redis-" + port);
        var command = new ArrayList<>(List.of(Binaries.redis().toString()));
        command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
        command.addAll(List.of("--dir", directory.toString(), "--save", "", "--maxmemory-policy", "noeviction"));
        command.addAll(List.of("--repl-diskless-sync-delay", "0"));
        command.addAll(List.of(more));
        var server = launch("Redis-" + port, command, directory);
        Await.until(READY, "Redis answers", () -> answers(port));
        return server;
    }

    void startSentinel(int port, String configuration) {
        var directory = directory("sentinel-" + port);
        var file = directory.resolve("sentinel.conf");
        try {
            Files.writeString(file, configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        launch("Sentinel", List.of(Binaries.redis().toString(), file.toString(), "--sentinel"), directory);
    }

    private Path directory(String name) {
        try {
            return Files.createDirectories(watchdog.scratch().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Child launch(String name, List<String> command, Path directory) {
        var child = Child.start(
                new Child.Spec(name, command, Map.of(), directory, directory.resolve("log"), "TERM"), watchdog);
        children.add(child);
        return child;
    }

    private static boolean answers(int port) {
        try (var connection = new RedisConnection(port)) {
            return "PONG".equals(connection.command("PING"));
        } catch (IOException | RedisConnection.RedisError e) {
            return false;
        }
    }

    /** What the process says of itself; nothing while it does not answer. */
    static String info(int port) {
        try (var connection = new RedisConnection(port)) {
            return String.valueOf(connection.command("INFO"));
        } catch (IOException | RedisConnection.RedisError e) {
            return "";
        }
    }

    static @Nullable Object command(int port, String... words) {
        try (var connection = new RedisConnection(port)) {
            return connection.command(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when the replica of a primary has all that was written until now. */
    static void awaitCopied(int primary) {
        Await.until(READY, "the replica has all", () -> {
            var told = info(primary);
            var copied = COPIED.matcher(told);
            var written = WRITTEN.matcher(told);
            return copied.find() && written.find() && copied.group(1).equals(written.group(1));
        });
    }

    @Override
    public void close() {
        children.reversed().forEach(Child::stop);
    }
}
