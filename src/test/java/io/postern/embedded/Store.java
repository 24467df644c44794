package io.postern.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A store that can fail in every way a test asks for. The port and what the store has written stay the same whatever
 * happens to its processes, until {@link #close()}.
 */
public abstract sealed class Store implements AutoCloseable permits Postgres, Redis {
    private static final Duration START = Duration.ofSeconds(60);

    private final String name;
    private final String endSignal;
    private final Home home;
    private final int port;
    private final Watchdog watchdog;
    private @Nullable Child child;

    Store(String name, String endSignal, Home home, int port, Watchdog watchdog) {
        this.name = name;
        this.endSignal = endSignal;
        this.home = home;
        this.port = port;
        this.watchdog = watchdog;
    }

    /** Where its data is: a directory that is kept, or a fresh one that goes when the store is closed. */
    static Home home(Optional<Path> kept, String name, Watchdog watchdog) {
        return kept.map(Home::keptIn).orElseGet(() -> Home.temporaryIn(watchdog.scratch(), name + "-"));
    }

    /**
     * Throws away what a store kept in the directory, ending what a former run left running there.
     *
     * @throws IllegalStateException when a running store of another run has it
     */
    public static void erase(Path kept) throws IOException {
        try (Home home = Home.keptIn(kept)) {
            home.endOrphan("INT");
            home.clear();
        }
    }

    /** What runs the server in the foreground. */
    abstract List<String> command();

    /** What a first start needs, with no process there yet. */
    abstract void beforeStart();

    /** Whether the running server answers. */
    abstract boolean answers();

    /** What has to stand once it answers; done at every start. */
    abstract void afterStart();

    /**
     * Starts it again after {@link #stop()} or {@link #kill()}, on the same port and data.
     *
     * @throws IllegalStateException when it does not answer; the message shows the end of its log
     */
    public final synchronized void start() {
        if (child != null && child.isAlive()) {
            throw new IllegalStateException(name + " runs already");
        }
        home.endOrphan(endSignal);
        beforeStart();
        child = launch(command());
        Child started = child;
        home.running(started.pid());
        boolean settled = Await.holdsWithin(START, () -> !started.isAlive() || answers());
        if (!settled || !started.isAlive()) {
            started.kill();
            throw started.failure("did not start");
        }
        afterStart();
    }

    final Child launch(List<String> command) {
        return Child.start(
                new Child.Spec(name, command, Map.of(), home.directory(), home.resolve("log"), endSignal), watchdog);
    }

    public final String name() {
        return name;
    }

    public final int port() {
        return port;
    }

    /** The number of the server's main process. */
    public final long pid() {
        return running().pid();
    }

    /** Completes when the main process has ended, for whatever reason. */
    public final CompletableFuture<?> onExit() {
        return running().onExit();
    }

    /** Stops every process of the server (SIGSTOP): connections stay open, nothing answers. */
    public final void freeze() {
        running().freeze();
    }

    /** Ends {@link #freeze()}. */
    public final void thaw() {
        running().thaw();
    }

    /** Ends every process of the server at once (SIGKILL). */
    public final void kill() {
        running().kill();
    }

    /** Ends the server in order. */
    public final void stop() {
        running().stop();
    }

    /** The end of the server's log. */
    public final String logTail(int lines) {
        return running().logTail(lines);
    }

    final Home home() {
        return home;
    }

    private synchronized Child running() {
        if (child == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return child;
    }

    @Override
    public final void close() {
        Child last = child;
        if (last != null) {
            last.stop();
        }
        home.close();
    }
}
