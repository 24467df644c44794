package io.postern.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * Ends every watched process, and removes the scratch directory, as soon as this JVM is gone, whatever way it went.
 *
 * <p>A shell reads orders from a pipe that only this JVM holds. The end of the pipe means that the JVM is gone or has
 * closed this: what is still watched then gets its signal, and SIGKILL when it is there a few seconds later. The shell
 * has a session of its own and ignores INT, HUP and TERM, so that nothing that ends this JVM ends it as well.
 */
public final class Watchdog implements AutoCloseable {
    private static final String SCRIPT = """
            trap '' INT HUP TERM
            scratch=$1
            watched=
            while read -r order signal pid; do
                rest=
                for one in $watched; do
                    [ "${one#*:}" = "$pid" ] || rest="$rest $one"
                done
                watched=$rest
                [ "$order" = forget ] || watched="$watched $signal:$pid"
            done
            for one in $watched; do
                kill -s "${one%:*}" "${one#*:}"
                kill -s CONT "${one#*:}"
            done
            for pause in 0 0.1 0.1 0.1 0.2 0.5 1 1 1 1; do
                sleep "$pause" || sleep 1
                left=
                for one in $watched; do
                    kill -s 0 "${one#*:}" && left="$left $one"
                done
                watched=$left
                [ -n "$watched" ] || break
            done
            for one in $watched; do
                kill -s KILL "${one#*:}"
            done
            rm -rf "$scratch"
            """;

    private final Path scratch;
    private final Process shell;
    private final Writer orders;

    private Watchdog(Path scratch, Process shell) {
        this.scratch = scratch;
        this.shell = shell;
        this.orders = shell.outputWriter();
    }

    public static Watchdog start() {
        try {
            Path parent = Files.createDirectories(Build.directory().resolve("embedded"));
            Path scratch = Files.createTempDirectory(parent, "run-");
            Process shell = new ProcessBuilder("setsid", "sh", "-c", SCRIPT, "postern-watchdog", scratch.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Watchdog(scratch, shell);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A directory for what need not outlast this JVM; removed with it. */
    public Path scratch() {
        return scratch;
    }

    public long pid() {
        return shell.pid();
    }

    /** Completes when the watchdog itself has ended: then nothing is watched any more. */
    public CompletableFuture<?> onExit() {
        return shell.onExit();
    }

    /**
     * From now on the process does not outlive this JVM.
     *
     * @param signal what ends it cleanly, without the {@code SIG}
     * @throws IllegalStateException when the watchdog has ended
     */
    void watch(long pid, String signal) {
        if (!order("watch %s %d%n".formatted(signal, pid))) {
            throw new IllegalStateException("The watchdog has ended; nothing more is started");
        }
    }

    /** The process has ended, so that its number may become someone else's. */
    void forget(long pid) {
        order("forget - %d%n".formatted(pid));
    }

    private synchronized boolean order(String line) {
        try {
            orders.write(line);
            orders.flush();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends what is still watched and removes the scratch directory; returns when that is done. */
    @Override
    public void close() {
        try {
            endOrders();
            shell.waitFor();
            // Gone already, unless the shell was killed.
            Directories.delete(scratch);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void endOrders() {
        try {
            orders.close();
        } catch (IOException e) {
            // A shell that was killed reads nothing more.
        }
    }
}
