package io.postern.tracing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a request stands in its answer and in the log, where nothing is traced. */
final class RequestIdIT {

    /** What {@code docs/operations.md} names. */
    private static final Set<String> FIELDS =
            Set.of("timestamp", "level", "loggerName", "message", "threadName", "hostName", "mdc", "exception");

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN);

    @Test
    void everyAnswerNamesItsRequest() {
        var plain = Api.at(postern.first());
        var large = new byte[70_000];
        for (var answer : List.of(
                api.get("/v1/subjects/" + UUID.randomUUID()).expect(404),
                plain.get("/v1/subjects/owner").expect(401),
                plain.post("/oauth2/token", Map.of()),
                plain.get("/q/health/live").expect(200),
                plain.get("/wasnt-me/none"),
                plain.get("/nowhere").expect(404),
                plain.get("/v1//subjects").expect(400),
                api.send("PUT", "/v1/subjects/owner", large, "application/json").expect(413))) {
            assertEquals(36, id(answer).length(), answer::toString);
        }
        assertNotEquals(id(plain.get("/q/health/live")), id(plain.get("/q/health/live")));
    }

    @Test
    void callersIdIsKept() {
        var id = "front-" + UUID.randomUUID();
        assertEquals(
                id, id(api.with("X-Request-Id", id).get("/v1/challenges/none").expect(404)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456", "14155550123", "someone.else@example.com", "<script>alert(1)</script>"})
    void otherTextsAreReplaced(String text) {
        assertEquals(
                36,
                id(api.with("X-Request-Id", text).get("/v1/challenges/none")).length());
    }

    @Test
    void requestThatNoResourceSeesHasItToo() {
        var answer = Wire.exchange(
                postern.first(), "GET / HTTP/1.1\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        assertTrue(answer.toLowerCase(Locale.ROOT).contains("\r\nx-request-id: "), answer);
    }

    @Test
    void faultIsLoggedOnceUnderTheIdOfItsRequest() {
        var person = Person.enrolled(postern, api);
        var id = "front-" + UUID.randomUUID();
        assertEquals(id, id(BrokenChallenge.met(postern, person, api.with("X-Request-Id", id))));
        Await.until(
                Duration.ofSeconds(10),
                "the line of the fault",
                () -> !LogLines.ofRequest(postern, 0, id).isEmpty());
        var lines = LogLines.ofRequest(postern, 0, id);
        assertEquals(1, lines.size(), lines::toString);
        var line = lines.getFirst();
        assertEquals("ERROR", line.path("level").asText());
        assertFalse(line.path("mdc").has("traceId"), line::toString);
        var message = line.path("message").asText();
        assertTrue(message.contains("    at io.postern."), message);
        assertFalse(line.has("exception"), "the places stand there once");
    }

    /** Also those of the start, of libraries and of faults. */
    @Test
    void everyLineIsOneObjectWithTheDocumentedFields() {
        BrokenChallenge.met(postern, Person.enrolled(postern, api), api);
        for (int copy : List.of(0, 1)) {
            var lines = LogLines.of(postern, copy);
            assertFalse(lines.isEmpty());
            for (var line : lines) {
                var names = new TreeSet<String>();
                line.fieldNames().forEachRemaining(names::add);
                names.removeAll(FIELDS);
                assertEquals(Set.of(), names, line::toString);
                line.path("mdc").fieldNames().forEachRemaining(name -> assertEquals("requestId", name));
                for (var field : List.of("timestamp", "level", "loggerName", "message", "threadName", "hostName")) {
                    assertTrue(line.path(field).isTextual(), line::toString);
                }
            }
        }
    }

    private static String id(Answer answer) {
        return answer.header("X-Request-Id").orElse("");
    }
}
