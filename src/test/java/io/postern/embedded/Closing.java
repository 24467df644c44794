package io.postern.embedded;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closes several things. */
public final class Closing {
    private Closing() {}

    /**
     * Closes all, in this order, also when some fail.
     *
     * @throws IllegalStateException with all the failures, at the end
     */
    public static void all(List<? extends AutoCloseable> inOrder) {
        @Nullable IllegalStateException failure = null;
        for (AutoCloseable one : inOrder) {
            try {
                one.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                failure = failure == null ? new IllegalStateException("Not everything was closed") : failure;
                failure.addSuppressed(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
