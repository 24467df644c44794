package io.postern.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that this JVM started and that never outlives it. It has a session of its own, so that Ctrl-C in the
 * terminal reaches this JVM alone, which then ends its children in order.
 */
final class Child {
    // The child waits for a word until the watchdog knows it: there is no moment in which a killed JVM leaves it
    // behind.
    private static final String AFTER_GO = "read -r go && exec \"$@\" </dev/null";

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Spec spec;
    private final Process process;
    private final ProcessTree tree;

    private Child(Spec spec, Process process, Watchdog watchdog) {
        this.spec = spec;
        this.process = process;
        this.tree = new ProcessTree(process.toHandle(), watchdog);
    }

    /**
     * What to start.
     *
     * @param environment added to the environment of this JVM, in which nothing configures the service already
     * @param log output and errors are appended to it
     * @param endSignal what ends the process cleanly, without the {@code SIG}
     */
    record Spec(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path directory,
            Path log,
            String endSignal) {}

    static Child start(Spec spec, Watchdog watchdog) {
        List<String> command = new ArrayList<>(List.of("setsid", "sh", "-c", AFTER_GO, "sh"));
        command.addAll(spec.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(spec.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("POSTERN_"));
        builder.environment().putAll(spec.environment());
        try {
            Process process = builder.start();
            try (Writer stdin = process.outputWriter()) {
                watchdog.watch(process.pid(), spec.endSignal());
                stdin.write("go\n");
            }
            var _ = process.onExit().thenRun(() -> watchdog.forget(process.pid()));
            return new Child(spec, process, watchdog);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    CompletableFuture<?> onExit() {
        return process.onExit();
    }

    void freeze() {
        tree.freeze();
    }

    void thaw() {
        tree.thaw();
    }

    /** SIGKILL to the process and all its descendants; returns when they are gone. */
    void kill() {
        tree.kill();
        // Reaped a moment after it is gone; until then it would pass for alive.
        endsWithin(GRACE);
    }

    /** Asks the process to end, thawed if need be, and kills it when it has not ended ten seconds later. */
    void stop() {
        if (!isAlive()) {
            return;
        }
        ProcessTree.signal(spec.endSignal(), List.of(pid()));
        tree.thaw();
        if (!endsWithin(GRACE)) {
            kill();
        }
    }

    boolean endsWithin(Duration deadline) {
        try {
            return process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** The exit value of a process that has ended. */
    int exitValue() {
        return process.exitValue();
    }

    /** A failure that tells what went wrong and shows what the process said last. */
    IllegalStateException failure(String what) {
        String state = isAlive() ? "still runs" : "ended with " + process.exitValue();
        return new IllegalStateException(
                "%s %s (it %s). Its log, %s, ends:%n%s".formatted(spec.name(), what, state, spec.log(), logTail(40)));
    }

    String logTail(int lines) {
        try (Stream<String> all = Files.lines(spec.log(), StandardCharsets.ISO_8859_1)) {
            List<String> read = all.toList();
            return String.join(System.lineSeparator(), read.subList(Math.max(0, read.size() - lines), read.size()));
        } catch (IOException e) {
            return "(no log: %s)".formatted(e.getMessage());
        }
    }
}
