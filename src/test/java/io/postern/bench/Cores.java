package io.postern.bench;

import java.io.IOException;
import java.io.UncheckedIOException;

/** The service has the first processor core for itself; all else has the others. */
final class Cores {
    static final int OF_SERVICE = 0;

    private Cores() {}

    /**
     * Moves this JVM, and with it all that it starts from now on, to the other cores.
     *
     * @throws IllegalStateException when there is but one, or it cannot be done
     */
    static void leaveToService() {
        int cores = Runtime.getRuntime().availableProcessors();
        if (cores < 2) {
            throw new IllegalStateException("Two processor cores are needed: one for the service, one for all else.");
        }
        String others = "1-" + (cores - 1);
        String pid = Long.toString(ProcessHandle.current().pid());
        try {
            Process taskset = new ProcessBuilder("taskset", "--all-tasks", "--cpu-list", "--pid", others, pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (taskset.waitFor() != 0) {
                throw new IllegalStateException("This machine does not let taskset choose the cores " + others + ".");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("taskset (util-linux) is missing", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
