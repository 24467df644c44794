package io.postern.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Signals to a process and all that descend from it. */
final class ProcessTree {
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final ProcessHandle root;
    private final Watchdog watchdog;
    private List<Long> frozen = List.of();

    ProcessTree(ProcessHandle root, Watchdog watchdog) {
        this.root = root;
        this.watchdog = watchdog;
    }

    /** Stops the whole tree; returns when each process of it stands still. */
    void freeze() {
        // The root first: it cannot fork any more when its children are counted.
        stop(List.of(root.pid()));
        List<Long> descendants = descendants();
        // A frozen process does not notice that its parent is gone, so the watchdog must know it by number.
        descendants.forEach(pid -> watchdog.watch(pid, "TERM"));
        stop(descendants);
        frozen = descendants;
    }

    void thaw() {
        List<Long> all = new ArrayList<>(frozen);
        all.add(root.pid());
        signal("CONT", all);
        forgetFrozen();
    }

    /** Ends the whole tree at once with SIGKILL; returns when nothing of it runs. */
    void kill() {
        stop(List.of(root.pid()));
        List<Long> all = new ArrayList<>(descendants());
        all.add(root.pid());
        signal("KILL", all);
        Await.until(DEADLINE, "end of processes " + all, () -> all.stream().noneMatch(ProcessTree::runs));
        forgetFrozen();
    }

    private void forgetFrozen() {
        frozen.forEach(watchdog::forget);
        frozen = List.of();
    }

    private List<Long> descendants() {
        try (Stream<ProcessHandle> descendants = root.descendants()) {
            return descendants.map(ProcessHandle::pid).toList();
        }
    }

    private static void stop(List<Long> pids) {
        signal("STOP", pids);
        Await.until(
                DEADLINE,
                "processes %s stopped".formatted(pids),
                () -> pids.stream().allMatch(ProcessTree::stands));
    }

    private static boolean stands(long pid) {
        return "TtZX".indexOf(state(pid)) >= 0;
    }

    /** Whether the process executes or could; one that has ended but is not yet reaped by its parent does not. */
    static boolean runs(long pid) {
        return "ZX".indexOf(state(pid)) < 0;
    }

    /** The process' state as in proc(5), X when there is none. */
    private static char state(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return 'X';
        }
    }

    /** Sends a signal; a process that is no more is passed over. */
    static void signal(String signal, List<Long> pids) {
        if (pids.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -s \"$@\"", "sh", signal));
        pids.forEach(pid -> command.add(Long.toString(pid)));
        try {
            new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
