package io.postern.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A real HAProxy on the loopback address, which keeps no right of root. Needs the command {@code haproxy}. */
public final class Balancer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Child child;
    private final int port;
    private final int watchedOn;
    private final Path log;

    private Balancer(Child child, int port, int watchedOn, Path log) {
        this.child = child;
        this.port = port;
        this.watchedOn = watchedOn;
        this.log = log;
    }

    /** Where its parts listen, to be put into a configuration. */
    public record Ports(int calls, int watching) {
        public static Ports free() {
            return new Ports(io.postern.embedded.Ports.free(), io.postern.embedded.Ports.free());
        }
    }

    public static boolean isInstalled() {
        return executable().isPresent();
    }

    /** Debian puts it where only root looks. */
    private static Optional<Path> executable() {
        return Stream.concat(Arrays.stream(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"))
                .map(directory -> Path.of(directory, "haproxy"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it; returns when it says that every server is up.
     *
     * @param configuration whole, with its statistics at {@code /} of the watching port
     */
    public static Balancer start(String configuration, Ports ports, Watchdog watchdog) {
        var directory = watchdog.scratch().resolve("balancer");
        var file = directory.resolve("haproxy.cfg");
        var log = directory.resolve("log");
        try {
            Files.createDirectories(directory);
            Files.writeString(file, unprivileged(configuration));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var command = List.of(executable().orElseThrow().toString(), "-db", "-f", file.toString());
        var child = Child.start(new Child.Spec("HAProxy", command, Map.of(), directory, log, "TERM"), watchdog);
        var balancer = new Balancer(child, ports.calls(), ports.watching(), log);
        if (!Await.holdsWithin(START, () -> !child.isAlive() || balancer.allAreUp()) || !child.isAlive()) {
            child.kill();
            throw child.failure("did not start");
        }
        return balancer;
    }

    private static String unprivileged(String configuration) {
        return Users.isRoot()
                ? configuration.replaceFirst("(?m)^global$", "global\n    user nobody\n    group nogroup")
                : configuration;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Returns when it gives calls to every server. */
    public void awaitAllUp() {
        Await.until(START, "every server is up", this::allAreUp);
    }

    private boolean allAreUp() {
        var states = states();
        return !states.isEmpty() && states.stream().allMatch("UP"::equals);
    }

    /** What it thinks of each server; nothing while it does not say. */
    private List<String> states() {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/;csv".formatted(watchedOn)))
                .timeout(ANSWER)
                .build();
        try {
            var lines = HTTP.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .map(line -> Arrays.asList(line.split(",", -1)))
                    .toList();
            int state = lines.getFirst().indexOf("status");
            return lines.stream()
                    .skip(1)
                    .filter(fields -> !List.of("FRONTEND", "BACKEND").contains(fields.get(1)))
                    .map(fields -> fields.get(state))
                    .toList();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** What it has logged, a call a line, in the order in which the calls ended. */
    public List<String> log() {
        try {
            return new ArrayList<>(Files.readAllLines(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        child.stop();
    }
}
