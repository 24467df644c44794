package io.postern.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A real Redis on the loopback address that never evicts a key. */
public final class Redis extends Store {
    private static final Duration CLUSTER = Duration.ofSeconds(20);

    private final Options options;
    private final int clusterPort = Ports.free();

    /**
     * How it is started.
     *
     * @param home where to keep the data between runs; none: fresh, and removed at the end
     * @param appendOnly whether writes outlive {@link Redis#kill()} (all but those of the last second) and
     *     {@link Redis#stop()}; if not, it always comes back empty
     * @param cluster whether it is a cluster of one node that owns every slot: commands and scripts whose keys lie in
     *     more than one slot then answer {@code CROSSSLOT}
     */
    public record Options(Optional<Path> home, boolean appendOnly, boolean cluster) {
        public static final Options TEMPORARY = new Options(Optional.empty(), false, false);
        public static final Options CLUSTER = new Options(Optional.empty(), false, true);

        public static Options keptIn(Path home) {
            return new Options(Optional.of(home), true, false);
        }
    }

    private Redis(Options options, Watchdog watchdog) {
        super("Redis", "TERM", home(options.home(), "redis", watchdog), Ports.free(), watchdog);
        this.options = options;
    }

    /** Starts it; returns when it answers. */
    public static Redis start(Options options, Watchdog watchdog) {
        Redis redis = new Redis(options, watchdog);
        try {
            redis.start();
            return redis;
        } catch (RuntimeException e) {
            redis.close();
            throw e;
        }
    }

    /** What the service is given as its Redis host. */
    public URI uri() {
        return URI.create("redis://127.0.0.1:" + port());
    }

    /** A new connection; the caller closes it. */
    public RedisConnection connect() throws IOException {
        return new RedisConnection(port());
    }

    /**
     * Sends one command on a connection of its own.
     *
     * @return what Redis answered; see {@link RedisConnection#command}
     */
    public @Nullable Object command(String... words) {
        try (RedisConnection connection = connect()) {
            return connection.command(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    List<String> command() {
        List<String> command = new ArrayList<>(List.of(Binaries.redis().toString()));
        command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port())));
        // The process keeps its command line, by which a later run knows it.
        command.addAll(List.of("--dir", home().directory().toString(), "--set-proc-title", "no"));
        command.addAll(List.of("--maxmemory-policy", "noeviction", "--save", ""));
        command.addAll(List.of("--appendonly", options.appendOnly() ? "yes" : "no"));
        if (options.cluster()) {
            command.addAll(List.of("--cluster-enabled", "yes", "--cluster-port", Integer.toString(clusterPort)));
        }
        return command;
    }

    @Override
    void beforeStart() {
        // An empty directory is all that Redis needs.
    }

    @Override
    boolean answers() {
        try (RedisConnection connection = connect()) {
            return "PONG".equals(connection.command("PING"));
        } catch (IOException | RedisConnection.RedisError e) {
            return false;
        }
    }

    @Override
    void afterStart() {
        if (!options.cluster()) {
            return;
        }
        try (RedisConnection connection = connect()) {
            if (!clusterInfo(connection).contains("cluster_slots_assigned:16384")) {
                connection.command("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
            }
            Await.until(CLUSTER, "cluster ready", () -> clusterInfo(connection).contains("cluster_state:ok"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String clusterInfo(RedisConnection connection) {
        try {
            return String.valueOf(connection.command("CLUSTER", "INFO"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
