package io.postern.tracing;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.TraceReceiver;
import io.postern.harness.TraceReceiver.Kind;
import io.postern.harness.TraceReceiver.Manner;
import io.postern.harness.TraceReceiver.Span;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DESIGN section 8: what a copy tells a receiver of traces, and what it does without one. */
@TestInstance(Lifecycle.PER_CLASS)
final class TracesIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    /** With {@code scrape_protocols: [OpenMetricsText1.0.0]}. */
    private static final String PROMETHEUS =
            "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,*/*;q=0.5";

    private static final String CALLER = "00f067aa0ba902b7";

    private final TraceReceiver receiver = TraceReceiver.start();
    private final Postern postern = Postern.start(Postern.Options.DEFAULT
            .withCopies(1)
            .withDelivery()
            .withEnvironment(receiver.environment())
            // So that little is enough to fill what is kept for the receiver, and it is given up soon.
            .withEnvironment(Map.of(
                    "QUARKUS_OTEL_BSP_MAX_QUEUE_SIZE", "64",
                    "QUARKUS_OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "32",
                    "QUARKUS_OTEL_EXPORTER_OTLP_TIMEOUT", "1s",
                    "QUARKUS_OTEL_BSP_EXPORT_TIMEOUT", "2s",
                    "POSTERN_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8")));
    private final Api api = postern.api(SeededClient.DEMO_ADMIN);

    @AfterAll
    void close() {
        postern.close();
        receiver.close();
    }

    @Test
    void requestIsPartOfItsCallersTrace() {
        isPartOfItsCallersTrace();
    }

    private void isPartOfItsCallersTrace() {
        var person = Person.enrolled(postern, api);
        var trace = newTrace();
        person.challenge(traced(trace), Map.of("purpose", "sign_in")).expect(201);

        var request = await(trace, span -> span.kind() == Kind.SERVER);
        assertEquals("POST /v1/challenges", request.name());
        assertEquals(CALLER, request.parent());
        assertEquals(
                Map.of(
                        "http.request.method", "POST",
                        "http.response.status_code", "201",
                        "http.route", "/v1/challenges"),
                request.attributes());
        var statement = await(trace, span -> "postgresql".equals(system(span)));
        assertEquals(request.id(), statement.parent());
        var script = await(trace, span -> "redis".equals(system(span)));
        assertEquals(request.id(), script.parent());
        assertEquals("EVALSHA", script.name().toUpperCase(Locale.ROOT));
    }

    @Test
    void sendingOfACodeBelongsToTheRequestThatAskedForIt() {
        assertSent(Correspondent.byMail(postern, api), "email", "smtp");
        assertSent(Correspondent.bySms(postern, api), "sms", "twilio");
    }

    private void assertSent(Correspondent person, String channel, String provider) {
        var trace = newTrace();
        var challenge = person.challenge();
        person.nothingWasSent(challenge);
        traced(trace)
                .post("/v1/challenges/" + challenge + "/send", Map.of("factor", person.factor()))
                .expect(202);
        var request = await(trace, span -> span.kind() == Kind.SERVER);
        var delivery = await(trace, span -> span.kind() == Kind.CONSUMER);
        assertEquals("deliver " + channel, delivery.name());
        assertEquals(request.id(), delivery.parent());
        var call = await(trace, span -> span.name().equals("send " + channel));
        assertEquals(delivery.id(), call.parent());
        assertEquals(Map.of("postern.provider", provider), call.attributes());
    }

    /** A URL may hold a secret, and others trace for themselves. */
    @Test
    void whoIsCalledIsToldOfNoTrace() {
        Correspondent.bySms(postern, api);
        try (var called = Called.start()) {
            var operator = postern.everyScope(SeededClient.OTHER_ADMIN, 0);
            var hook = operator.post("/v1/webhooks", Map.of("url", called.url(), "events", List.of("ping")))
                    .expect(201)
                    .text("id");
            operator.post("/v1/webhooks/" + hook + "/ping").expect(202);
            Await.until(SOON, "a call", () -> !called.headers().isEmpty());
            assertAll(Stream.of(postern.sms().headers(), called.headers()).map(headers -> () -> {
                assertTrue(headers.contains("content-length"), headers::toString);
                assertFalse(headers.contains("traceparent"), headers::toString);
            }));
        }
    }

    /** It goes through a table and the queue. */
    @Test
    void noticeOfAChangeBelongsToTheRequestThatMadeIt() {
        var person = Person.enrolled(postern, api);
        var proof = person.proof("disable");
        var trace = newTrace();
        traced(trace)
                .with("X-Verification-Token", proof)
                .post(person.path("/disable"))
                .expect(204);
        assertEquals(
                "deliver email",
                await(trace, span -> span.kind() == Kind.CONSUMER).name());
    }

    @Test
    void whatACopyDoesByItselfBeginsNoTrace() {
        var trace = newTrace();
        traced(trace).get("/v1/challenges/none").expect(404);
        await(trace, span -> span.kind() == Kind.SERVER);
        var beginnings = EnumSet.noneOf(Kind.class);
        receiver.spans().stream().filter(span -> span.parent().isEmpty()).forEach(span -> beginnings.add(span.kind()));
        beginnings.removeAll(EnumSet.of(Kind.SERVER, Kind.CONSUMER));
        assertEquals(EnumSet.noneOf(Kind.class), beginnings);
        assertFalse(receiver.texts().contains("/q/"), "probes begin none either");
    }

    @Test
    void logLineOfAFaultNamesTraceAndRequest() {
        var person = Person.enrolled(postern, api);
        var trace = newTrace();
        var id = "front-" + UUID.randomUUID();
        BrokenChallenge.met(postern, person, traced(trace).with("X-Request-Id", id));
        Await.until(SOON, "the line", () -> !LogLines.ofRequest(postern, 0, id).isEmpty());
        var context = LogLines.ofRequest(postern, 0, id).getFirst().path("mdc");
        assertEquals(trace, context.path("traceId").asText());
        assertEquals(
                await(trace, span -> span.kind() == Kind.SERVER).id(),
                context.path("spanId").asText());
    }

    @Test
    void metricsNameATraceAsAnExample() {
        var person = Person.enrolled(postern, api);
        var trace = newTrace();
        person.challenge(traced(trace), Map.of("purpose", "sign_in")).expect(201);
        var page = page();
        assertTrue(
                page.lines()
                        .anyMatch(line ->
                                line.startsWith("postern_security_events_total{") && line.contains("trace_id=")),
                page);
    }

    /** A bucket names a trace of what fell into it: of a slow one, too. */
    @ParameterizedTest
    @ValueSource(strings = {"http_server_requests_seconds", "postern_delivery_provider_seconds"})
    void bucketsNameATraceAsAnExample(String histogram) {
        var person = Correspondent.byMail(postern, api);
        person.code(person.challenge());
        var named = Pattern.compile(
                "(?m)^" + histogram + "_bucket\\{.*} [0-9.]+ # \\{.*trace_id=\"([0-9a-f]{32})\".*} .*$");
        Await.until(SOON, "an example that was received", () -> {
            var traces =
                    named.matcher(page()).results().map(line -> line.group(1)).collect(Collectors.toSet());
            return receiver.spans().stream().anyMatch(span -> traces.contains(span.trace()));
        });
    }

    private String page() {
        return Api.at(postern.first())
                .with("Accept", PROMETHEUS)
                .get("/q/metrics")
                .expect(200)
                .body();
    }

    /** Libraries hold back what they log too often: five lines a minute each. */
    @Test
    void receiverThatIsAwayFailsNoCallAndDoesNotFillTheLog() {
        var person = Person.enrolled(postern, api);
        int calls = receiver.calls();
        receiver.behave(Manner.FAILS);
        try {
            Await.until(SOON, "failures", () -> {
                signIn(person);
                return receiver.calls() > calls + 50;
            });
            receiver.behave(Manner.HANGS);
            int failed = receiver.calls();
            Await.until(SOON, "a call that hangs", () -> {
                signIn(person);
                return receiver.calls() > failed;
            });
            // More spans than are kept.
            for (int i = 0; i < 20; i++) {
                signIn(person);
            }
        } finally {
            receiver.behave(Manner.TAKES);
        }
        long lines = LogLines.of(postern, 0).stream()
                .filter(line -> line.path("loggerName").asText().contains("opentelemetry"))
                .count();
        assertTrue(lines <= 14, lines + " lines");
        // What is kept for the receiver is full still, and a new span is dropped until it has taken some.
        Await.until(SOON, "a request's trace again", () -> comesWhole(person));
        isPartOfItsCallersTrace(); // and all is well again
    }

    private boolean comesWhole(Person person) {
        var trace = newTrace();
        person.challenge(traced(trace), Map.of("purpose", "sign_in")).expect(201);
        return Await.holdsWithin(
                Duration.ofSeconds(1),
                () -> receiver.spans().stream()
                        .anyMatch(span -> span.trace().equals(trace) && span.kind() == Kind.SERVER));
    }

    private static void signIn(Person person) {
        person.verify(person.challenge(), person.code()).expect(200);
    }

    private static String newTrace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private Api traced(String trace) {
        return api.with("traceparent", "00-" + trace + "-" + CALLER + "-01")
                .with("tracestate", "front=person-of-the-front-end");
    }

    private static String system(Span span) {
        return span.attributes().getOrDefault("db.system", span.attributes().getOrDefault("db.system.name", ""));
    }

    private Span await(String trace, Predicate<Span> wanted) {
        Predicate<Span> here = span -> span.trace().equals(trace);
        var _ = Await.holdsWithin(SOON, () -> receiver.spans().stream().anyMatch(here.and(wanted)));
        return receiver.spans().stream()
                .filter(here.and(wanted))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "Not among " + receiver.spans().stream().filter(here).toList()));
    }
}
