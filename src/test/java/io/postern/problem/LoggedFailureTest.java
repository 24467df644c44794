package io.postern.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What is logged of a fault shows where it happened and nothing that it happened with. */
final class LoggedFailureTest {

    @Test
    void typesAndPlacesAreShownAndMessagesAreNot() {
        var failure = new IllegalStateException("code 123456", new IOException("secret hushhush"));
        failure.addSuppressed(new IOException("suppressed hushhush"));

        var text = LoggedFailure.describe(failure);

        assertTrue(text.startsWith("java.lang.IllegalStateException\n    at " + LoggedFailureTest.class.getName()));
        assertTrue(text.contains("\ncaused by java.io.IOException\n"));
        assertFalse(text.contains("123456") || text.contains("hushhush"));
    }

    @Test
    void causesThatGoInACircleEnd() {
        var first = new IllegalStateException("first");
        var second = new IllegalArgumentException("second", first);
        first.initCause(second);

        assertEquals(1, LoggedFailure.describe(first).split("caused by", -1).length - 1);
    }

    @Test
    void placesAreBounded() {
        var deep = deepFailure(100);
        assertTrue(LoggedFailure.describe(deep).lines().count() < 20);
    }

    private static RuntimeException deepFailure(int depth) {
        return depth == 0 ? new IllegalStateException() : deepFailure(depth - 1);
    }
}
