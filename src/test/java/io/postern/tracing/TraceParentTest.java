package io.postern.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of W3C Trace Context, section 3.2.2. */
final class TraceParentTest {

    private static final String TEXT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void whatRunsNowIsReadAgainLater() {
        var here = SpanContext.create(
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "00f067aa0ba902b7",
                TraceFlags.getSampled(),
                TraceState.builder().put("front", "ann").build());
        try (var _ = Span.wrap(here).makeCurrent()) {
            assertEquals(TEXT, TraceParent.current());
        }
        var later = Span.fromContext(TraceParent.context(TEXT)).getSpanContext();
        assertEquals(here.getTraceId(), later.getTraceId());
        assertEquals(here.getSpanId(), later.getSpanId());
        assertEquals(TraceState.getDefault(), later.getTraceState());
        assertTrue(later.isSampled());
        assertTrue(later.isRemote());
    }

    /** What its beginning left out is left out to the end. */
    @Test
    void whatWasNotSampledStaysSo() {
        var text = TEXT.replaceFirst("-01$", "-00");
        var later = Span.fromContext(TraceParent.context(text)).getSpanContext();
        assertTrue(later.isValid());
        assertFalse(later.isSampled());
    }

    @Test
    void whatIsNotRecordedLeavesNothing() {
        assertNull(TraceParent.current());
        var unrecorded = SpanContext.create(
                "4bf92f3577b34da6a3ce929d0e0e4736",
                "00f067aa0ba902b7",
                TraceFlags.getDefault(),
                TraceState.getDefault());
        try (var _ = Span.wrap(unrecorded).makeCurrent()) {
            assertNull(TraceParent.current());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 "
            })
    void anythingElseBeginsATrace(String text) {
        assertFalse(Span.fromContext(TraceParent.context(text)).getSpanContext().isValid());
    }
}
