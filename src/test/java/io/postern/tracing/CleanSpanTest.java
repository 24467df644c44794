package io.postern.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** RULES C4: what leaves a copy in spans. */
final class CleanSpanTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final SpanContext CALLER = SpanContext.createFromRemoteParent(
            TRACE,
            "00f067aa0ba902b7",
            TraceFlags.getSampled(),
            TraceState.builder().put("front", "ann-at-example-com").build());

    @Test
    void requestGoesOutWithMethodRouteAndStatusAlone() {
        var span = sent(
                "http",
                builder -> builder.setSpanKind(SpanKind.SERVER)
                        .setAttribute("http.request.method", "GET")
                        .setAttribute("http.route", "/v1/subjects/{subject}")
                        .setAttribute("http.response.status_code", 404L)
                        .setAttribute("url.path", "/v1/subjects/ann")
                        .setAttribute("url.query", "secret=1")
                        .setAttribute("url.full", "http://h/wasnt-me/token")
                        .setAttribute("http.target", "/v1/subjects/ann")
                        .setAttribute("client.address", "192.0.2.7")
                        .setAttribute("network.peer.address", "192.0.2.7")
                        .setAttribute("user_agent.original", "Browser of Ann")
                        .setAttribute("server.address", "ann.example.com")
                        .setAttribute("enduser.id", "ann")
                        .setAttribute(AttributeKey.stringArrayKey("http.request.header.cookie"), List.of("a=b"))
                        .setAttribute("of.a.later.version", "ann"),
                nothing -> {});
        assertEquals("GET /v1/subjects/{subject}", span.getName());
        assertEquals(
                Map.of(
                        "http.request.method", "GET",
                        "http.route", "/v1/subjects/{subject}",
                        "http.response.status_code", "404"),
                texts(span.getAttributes()));
        assertEquals(3, span.getTotalAttributeCount());
    }

    /** Under the names that libraries have given them so far. */
    @Test
    void statementGoesOutWithWhatNamesIt() {
        var allowed = List.of(
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
                "error.type",
                "postern.provider");
        var others = List.of(
                "db.user",
                "db.connection_string",
                "db.query.parameter.1",
                "db.response.status_code",
                "server.port",
                "thread.name",
                "exception.message");
        var span = sent(
                "jdbc",
                builder -> {
                    allowed.forEach(name -> builder.setAttribute(name, "value"));
                    others.forEach(name -> builder.setAttribute(name, "value"));
                    return builder;
                },
                nothing -> {});
        assertEquals(
                allowed.stream().collect(Collectors.toMap(name -> name, name -> "value")), texts(span.getAttributes()));
    }

    /** Whatever its name: a list may hold more than was thought of. */
    @Test
    void onlyTextsAndWholeNumbersGoOut() {
        var span = sent(
                "jdbc",
                builder -> builder.setAttribute("db.name", true)
                        .setAttribute("db.operation", 1.5)
                        .setAttribute(AttributeKey.stringArrayKey("db.statement"), List.of("ann"))
                        .setAttribute("http.response.status_code", 200L),
                nothing -> {});
        assertEquals(Map.of("http.response.status_code", "200"), texts(span.getAttributes()));
    }

    /** Before it is what is sent, a processor may look at it. */
    @Test
    void processorThatLooksAtTheSpanSeesNoMore() {
        var seen = new ArrayList<String>();
        var looking = new SpanProcessor() {
            @Override
            public void onStart(Context parent, ReadWriteSpan span) {}

            @Override
            public boolean isStartRequired() {
                return false;
            }

            @Override
            public void onEnd(ReadableSpan span) {
                seen.add(span.getName());
                seen.add(texts(span.getAttributes()).toString());
                seen.add(String.valueOf(span.getAttribute(AttributeKey.stringKey("client.address"))));
            }

            @Override
            public boolean isEndRequired() {
                return true;
            }
        };
        try (var provider = SdkTracerProvider.builder()
                .addSpanProcessor(new CleanProcessor(looking))
                .build()) {
            provider.get("http")
                    .spanBuilder("named after ann")
                    .setAttribute("http.request.method", "GET")
                    .setAttribute("client.address", "192.0.2.7")
                    .startSpan()
                    .end();
        }
        assertEquals(List.of("GET", "{http.request.method=GET}", "null"), seen);
    }

    @Test
    void faultGoesOutWithItsTypeAlone() {
        var span = sent("http", builder -> builder, running -> {
            running.recordException(new IllegalStateException("the value 123456 is wrong"));
            running.addEvent("verified ann", Attributes.of(AttributeKey.stringKey("code"), "123456"));
            running.setStatus(StatusCode.ERROR, "the value 123456 is wrong");
        });
        assertEquals(StatusCode.ERROR, span.getStatus().getStatusCode());
        assertEquals("", span.getStatus().getDescription());
        assertEquals(1, span.getEvents().size());
        assertEquals(1, span.getTotalRecordedEvents());
        assertEquals("exception", span.getEvents().getFirst().getName());
        assertEquals(
                Map.of("exception.type", "java.lang.IllegalStateException"),
                texts(span.getEvents().getFirst().getAttributes()));
    }

    @Test
    void callersWordsStayBehindAndItsTraceGoesOn() {
        var span = sent(
                "http",
                builder -> builder.setParent(Context.root().with(Span.wrap(CALLER)))
                        .addLink(CALLER, Attributes.of(AttributeKey.stringKey("who"), "ann")),
                nothing -> {});
        assertEquals(TRACE, span.getTraceId());
        assertEquals(CALLER.getSpanId(), span.getParentSpanId());
        assertEquals(TraceState.getDefault(), span.getSpanContext().getTraceState());
        assertEquals(TraceState.getDefault(), span.getParentSpanContext().getTraceState());
        var link = span.getLinks().getFirst();
        assertEquals(TraceState.getDefault(), link.getSpanContext().getTraceState());
        assertEquals(Attributes.empty(), link.getAttributes());
    }

    @Test
    void namesThatNobodyKnowsStayBehind() {
        assertEquals(
                "internal", sent("a.library", builder -> builder, nothing -> {}).getName());
        assertEquals(
                "deliver sms",
                sent(Traces.SCOPE, "deliver sms", builder -> builder).getName());
        assertEquals(
                "SELECT factor",
                sent("jdbc", "SELECT factor", builder -> builder.setAttribute("db.system", "postgresql"))
                        .getName());
        assertEquals(
                "POST",
                sent("http", "POST /2010/ann", builder -> builder.setAttribute("http.request.method", "POST"))
                        .getName());
    }

    @Test
    void textOfAStatementIsCutOff() {
        var span = sent("jdbc", builder -> builder.setAttribute("db.statement", "select ".repeat(500)), nothing -> {});
        assertFalse(texts(span.getAttributes()).getOrDefault("db.statement", "").isEmpty());
        assertEquals(
                400,
                texts(span.getAttributes()).getOrDefault("db.statement", "").length());
    }

    private static Map<String, String> texts(Attributes attributes) {
        return attributes.asMap().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().getKey(), entry -> String.valueOf(entry.getValue())));
    }

    private static SpanData sent(String scope, String name, UnaryOperator<SpanBuilder> made) {
        return sent(scope, name, made, nothing -> {});
    }

    private static SpanData sent(String scope, UnaryOperator<SpanBuilder> made, Consumer<Span> running) {
        return sent(scope, "named after ann", made, running);
    }

    private static SpanData sent(String scope, String name, UnaryOperator<SpanBuilder> made, Consumer<Span> running) {
        var receiver = new Kept();
        try (var provider = SdkTracerProvider.builder()
                .addSpanProcessor(new CleanProcessor(SimpleSpanProcessor.create(receiver)))
                .build()) {
            var span = made.apply(provider.get(scope).spanBuilder(name)).startSpan();
            running.accept(span);
            span.end();
        }
        return receiver.spans.getFirst();
    }

    /** Keeps what is exported. */
    private static final class Kept implements SpanExporter {

        private final List<SpanData> spans = new ArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> exported) {
            spans.addAll(exported);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
