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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** One copy of the packaged service, the very artifact of production, as a child process. */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER)
            .build();

    private final Options options;
    private final Child child;

    /**
     * How a copy is started.
     *
     * @param environment its configuration; the port is added
     * @param directory its working directory, in which its log is appended to
     * @param jvmOptions for the JVM; a native executable has none and is started without
     * @param core the one processor core that the copy is bound to; none: all
     */
    public record Options(
            String name,
            int port,
            Map<String, String> environment,
            Path directory,
            List<String> jvmOptions,
            OptionalInt core) {
        private Path log() {
            return directory.toAbsolutePath().resolve(name + ".log");
        }
    }

    private ServiceProcess(Options options, Child child) {
        this.options = options;
        this.child = child;
    }

    /**
     * Starts a copy; returns when it says that it is ready.
     *
     * @throws IllegalStateException when it ends or is not ready within 90 seconds; the message shows the end of its log
     */
    public static ServiceProcess start(Options options, Watchdog watchdog) {
        ServiceProcess service = launch(options, watchdog);
        try {
            service.awaitReady();
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    /** Starts a copy and does not wait for it. */
    public static ServiceProcess launch(Options options, Watchdog watchdog) {
        try {
            // Its own place to work in: Quarkus would read configuration from the place where the build runs.
            Files.createDirectories(options.directory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> environment = new HashMap<>(options.environment());
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(options.port()));
        Child.Spec spec = new Child.Spec(
                options.name(), command(options), environment, options.directory(), options.log(), "TERM");
        return new ServiceProcess(options, Child.start(spec, watchdog));
    }

    private static List<String> command(Options options) {
        List<String> command = new ArrayList<>();
        options.core().ifPresent(core -> command.addAll(List.of("taskset", "-c", Integer.toString(core))));
        if (!Build.isNative()) {
            command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
            command.addAll(options.jvmOptions());
            if (Files.exists(Build.aotCache())) {
                command.add("-XX:AOTCache=" + Build.aotCache());
            }
            command.add("-jar");
        }
        command.add(Build.artifact().toString());
        return command;
    }

    /** Starts an ended copy again, on the same port and with the configuration that its files hold now. */
    public ServiceProcess again(Watchdog watchdog) {
        return start(options, watchdog);
    }

    /** Waits until the copy says that it is ready; see {@link #start} for what is thrown when it does not. */
    public void awaitReady() {
        boolean settled = Await.holdsWithin(READY, () -> !child.isAlive() || isReady());
        if (!settled || !child.isAlive()) {
            throw child.failure("is not ready");
        }
    }

    /** Whether the copy says that it can serve. */
    public boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(baseUrl().resolve("/q/health/ready"))
                .timeout(ANSWER)
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Without a path; resolve absolute paths against it. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + options.port());
    }

    public Path log() {
        return options.log();
    }

    /** The end of the log. */
    public String logTail(int lines) {
        return child.logTail(lines);
    }

    public long pid() {
        return child.pid();
    }

    public boolean isAlive() {
        return child.isAlive();
    }

    /** Completes when the copy has ended, for whatever reason. */
    public CompletableFuture<?> onExit() {
        return child.onExit();
    }

    /** What an ended copy answered to whoever started it; 128 and the number of the signal where one ended it. */
    public int exitValue() {
        return child.exitValue();
    }

    /** SIGTERM; the copy ends in its own time. */
    public void ask() {
        ProcessTree.signal("TERM", List.of(pid()));
    }

    /** Stops the copy (SIGSTOP): its connections stay open, it answers nothing. */
    public void freeze() {
        child.freeze();
    }

    /** Ends {@link #freeze()}. */
    public void thaw() {
        child.thaw();
    }

    /** SIGTERM: the copy ends in order; killed when it has not within ten seconds. */
    public void terminate() {
        child.stop();
    }

    /** SIGKILL. */
    public void kill() {
        child.kill();
    }

    @Override
    public void close() {
        terminate();
    }
}
