package io.postern.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.InstrumentationLibraryInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.jspecify.annotations.Nullable;

/** Stands before what sends spans away: that one is given {@link CleanSpan}s and no others. */
record CleanProcessor(SpanProcessor sending) implements SpanProcessor {

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        sending.onStart(parent, span);
    }

    @Override
    public boolean isStartRequired() {
        return sending.isStartRequired();
    }

    @Override
    public void onEnd(ReadableSpan span) {
        sending.onEnd(new Clean(span));
    }

    @Override
    public boolean isEndRequired() {
        return sending.isEndRequired();
    }

    @Override
    public CompletableResultCode shutdown() {
        return sending.shutdown();
    }

    @Override
    public CompletableResultCode forceFlush() {
        return sending.forceFlush();
    }

    /** What is sent is read from it later, in the background. */
    private record Clean(ReadableSpan span) implements ReadableSpan {

        @Override
        public SpanData toSpanData() {
            return new CleanSpan(span.toSpanData());
        }

        @Override
        public SpanContext getSpanContext() {
            return span.getSpanContext();
        }

        @Override
        public SpanContext getParentSpanContext() {
            return span.getParentSpanContext();
        }

        @Override
        public String getName() {
            return toSpanData().getName();
        }

        @Override
        @Deprecated
        public InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
            return span.getInstrumentationLibraryInfo();
        }

        @Override
        public InstrumentationScopeInfo getInstrumentationScopeInfo() {
            return span.getInstrumentationScopeInfo();
        }

        @Override
        public boolean hasEnded() {
            return span.hasEnded();
        }

        @Override
        public long getLatencyNanos() {
            return span.getLatencyNanos();
        }

        @Override
        public SpanKind getKind() {
            return span.getKind();
        }

        @Override
        public <T> @Nullable T getAttribute(AttributeKey<T> key) {
            return getAttributes().get(key);
        }

        @Override
        public Attributes getAttributes() {
            return toSpanData().getAttributes();
        }
    }
}
