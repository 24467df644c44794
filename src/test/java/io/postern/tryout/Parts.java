package io.postern.tryout;

import io.postern.embedded.Closing;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What was started, to be ended once and in the opposite order, from whichever thread comes first. */
final class Parts implements AutoCloseable {
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private boolean ending;

    synchronized <T extends AutoCloseable> T add(T part) {
        started.push(part);
        return part;
    }

    synchronized boolean areEnding() {
        return ending;
    }

    @Override
    public void close() {
        Closing.all(toEnd());
    }

    private synchronized List<AutoCloseable> toEnd() {
        ending = true;
        List<AutoCloseable> newestFirst = List.copyOf(started);
        started.clear();
        return newestFirst;
    }
}
