package io.postern.tracing;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Spans of work beside the calls. Where nothing is traced the work just runs. */
@Singleton
public final class Traces {

    /** What names these spans, so that what goes out can tell them from others. */
    static final String SCOPE = "io.postern";

    private final Tracer tracer;

    /** @param isOff in which case spans would be made nonetheless, sent to nobody, and named behind numbers as examples */
    public Traces(OpenTelemetry telemetry, @ConfigProperty(name = "quarkus.otel.sdk.disabled") boolean isOff) {
        this.tracer = (isOff ? OpenTelemetry.noop() : telemetry).getTracer(SCOPE);
    }

    /**
     * Work that was asked for earlier.
     *
     * @param name out of a few that are fixed
     * @param asked what {@link TraceParent#current} said then; null begins a trace
     */
    public <T> T takenUp(String name, @Nullable String asked, Supplier<T> work) {
        return run(tracer.spanBuilder(name).setSpanKind(SpanKind.CONSUMER).setParent(TraceParent.context(asked)), work);
    }

    /** A call to somebody else, as a part of what runs now. */
    public void call(String name, String provider, Runnable work) {
        var span = tracer.spanBuilder(name).setSpanKind(SpanKind.CLIENT).setAttribute(CleanSpan.PROVIDER, provider);
        run(span, () -> {
            work.run();
            return span;
        });
    }

    private static <T> T run(SpanBuilder builder, Supplier<T> work) {
        var span = builder.startSpan();
        if (!span.getSpanContext().isValid()) {
            return work.get();
        }
        try (var _ = span.makeCurrent()) {
            return work.get();
        } catch (RuntimeException failure) {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute(CleanSpan.ERROR, failure.getClass().getName());
            throw failure;
        } finally {
            span.end();
        }
    }
}
