package io.postern.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a trace as text, in the form of {@code traceparent} (W3C Trace Context, version 00), for what goes on later and
 * elsewhere. The caller's {@code tracestate} stays behind.
 */
public final class TraceParent {

    private static final Pattern FORM = Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

    private TraceParent() {}

    /** Of what runs now; null when it is not traced. */
    public static @Nullable String current() {
        var here = Span.current().getSpanContext();
        return here.isSampled()
                ? "00-" + here.getTraceId() + "-" + here.getSpanId() + "-"
                        + here.getTraceFlags().asHex()
                : null;
    }

    /** The parent of spans that belong to it; a new trace where there is none, or the text is no such thing. */
    static Context context(@Nullable String text) {
        var parts = FORM.matcher(text == null ? "" : text);
        if (!parts.matches()) {
            return Context.root();
        }
        var parent = SpanContext.createFromRemoteParent(
                parts.group(1), parts.group(2), TraceFlags.fromHex(parts.group(3), 0), TraceState.getDefault());
        return Context.root().with(Span.wrap(parent));
    }
}
