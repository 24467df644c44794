package io.postern.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A span as it may leave (RULES C4): only attributes that are listed here, which never hold what a caller sent. Paths, queries,
 * addresses, browsers, and the messages of faults stay; so does what a later version of a library adds. Of a statement the text
 * goes, in which the library has put {@code ?} for every value.
 */
final class CleanSpan extends DelegatingSpanData {

    static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("postern.provider");
    static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<String> EXCEPTION = AttributeKey.stringKey("exception.type");

    private static final Set<String> ALLOWED = Set.of(
            METHOD.getKey(),
            ROUTE.getKey(),
            "http.response.status_code",
            "db.system",
            "db.system.name",
            "db.namespace",
            "db.name",
            "db.operation",
            "db.operation.name",
            "db.sql.table",
            "db.collection.name",
            "db.statement",
            "db.query.text",
            "db.query.summary",
            ERROR.getKey(),
            PROVIDER.getKey());

    private static final int LONGEST = 400;

    private final Attributes attributes;

    CleanSpan(SpanData span) {
        super(span);
        var kept = Attributes.builder();
        span.getAttributes().forEach((key, value) -> {
            if (ALLOWED.contains(key.getKey())) {
                if (value instanceof String text) {
                    kept.put(key.getKey(), text.substring(0, Math.min(LONGEST, text.length())));
                } else if (value instanceof Long number) {
                    kept.put(key.getKey(), number);
                }
            }
        });
        attributes = kept.build();
    }

    /** Method and route, or what names a statement or a step of ours; of anything else its kind alone. */
    @Override
    public String getName() {
        var method = attributes.get(METHOD);
        if (method != null) {
            var route = attributes.get(ROUTE);
            return route == null ? method : method + " " + route;
        }
        boolean known = attributes.asMap().keySet().stream()
                        .anyMatch(key -> key.getKey().startsWith("db.system"))
                || getInstrumentationScopeInfo().getName().equals(Traces.SCOPE);
        return known ? super.getName() : getKind().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Attributes getAttributes() {
        return attributes;
    }

    @Override
    public int getTotalAttributeCount() {
        return attributes.size();
    }

    /** Of faults their type. */
    @Override
    public List<EventData> getEvents() {
        return super.getEvents().stream()
                .flatMap(event -> Optional.ofNullable(event.getAttributes().get(EXCEPTION)).stream()
                        .map(type ->
                                EventData.create(event.getEpochNanos(), "exception", Attributes.of(EXCEPTION, type))))
                .toList();
    }

    @Override
    public int getTotalRecordedEvents() {
        return getEvents().size();
    }

    @Override
    public List<LinkData> getLinks() {
        return super.getLinks().stream()
                .map(link -> LinkData.create(withoutState(link.getSpanContext())))
                .toList();
    }

    @Override
    public StatusData getStatus() {
        return StatusData.create(super.getStatus().getStatusCode(), "");
    }

    @Override
    public SpanContext getSpanContext() {
        return withoutState(super.getSpanContext());
    }

    @Override
    public SpanContext getParentSpanContext() {
        return withoutState(super.getParentSpanContext());
    }

    /** The caller's own words. */
    private static SpanContext withoutState(SpanContext context) {
        return SpanContext.create(
                context.getTraceId(), context.getSpanId(), context.getTraceFlags(), TraceState.getDefault());
    }
}
