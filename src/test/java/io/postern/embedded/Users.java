package io.postern.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The user that runs this. */
final class Users {
    private static final int ROOT = 0;

    private Users() {}

    static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks that root may make a user namespace.
     *
     * @throws IllegalStateException in one sentence, when this machine does not let it
     */
    static void requireNamespaces() {
        try {
            Process unshare = new ProcessBuilder("unshare", "--user", "id", "-un")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (unshare.waitFor() != 0) {
                throw new IllegalStateException("Postgres does not run as root, and this machine lets root make no user"
                        + " namespace (unshare --user) to run it in: run the same command as a plain user.");
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Postgres does not run as root, and the command unshare (util-linux) that would help is missing:"
                            + " run the same command as a plain user.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
