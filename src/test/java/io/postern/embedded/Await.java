package io.postern.embedded;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition instead of for a time. */
public final class Await {
    private static final Duration PAUSE = Duration.ofMillis(20);

    private Await() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @throws IllegalStateException when it does not hold by the deadline; the message names {@code what}
     */
    public static void until(Duration deadline, String what, BooleanSupplier condition) {
        if (!holdsWithin(deadline, condition)) {
            throw new IllegalStateException("Not within %d ms: %s".formatted(deadline.toMillis(), what));
        }
    }

    /** Whether the condition came to hold before the deadline; asked at least once. */
    public static boolean holdsWithin(Duration deadline, BooleanSupplier condition) {
        long end = System.nanoTime() + deadline.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }
}
