package io.postern.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The search of the audit trail: what it finds, and that pages neither miss nor repeat. */
final class AuditSearchIT {

    private final Postern postern = Postern.shared();
    private final Trail trail = new Trail(postern);

    @Test
    void signInIsFoundWithAllThatIsKnownOfIt() {
        var person = Person.enrolled(postern, trail.api());
        var challenge = person.challenge(
                        trail.api(), Map.of("purpose", "sign_in", "ip", "192.0.2.7", "user_agent", "Browser of a test"))
                .expect(201)
                .text("id");
        person.verify(challenge, person.code()).expect(200);
        trail.sealed();

        var page = trail.search("?subject=" + person.subject() + "&type=challenge_approved&type=factor_locked")
                .expect(200);
        assertEquals("no-store", page.header("Cache-Control").orElseThrow());
        assertEquals(1, page.json().path("events").size());
        var event = page.json().at("/events/0");
        assertEquals("challenge_approved", event.path("type").textValue());
        assertEquals(person.subject(), event.path("subject").textValue());
        assertEquals(person.factor(), event.path("factor").textValue());
        assertEquals("totp", event.path("factor_type").textValue());
        assertEquals(challenge, event.path("challenge").textValue());
        assertEquals("192.0.2.7", event.path("ip").textValue());
        assertEquals("Browser of a test", event.path("user_agent").textValue());
        assertTrue(event.path("client").textValue().startsWith("client-"));
        assertTrue(Instant.parse(event.path("at").textValue())
                .isAfter(Instant.now().minusSeconds(120)));
        assertEquals(
                List.of("device_remembered", "challenge_approved", "factor_activated"),
                texts(
                        trail.search("?pseudonym=" + event.path("pseudonym").textValue())
                                .json(),
                        "type"));
    }

    @Test
    void filtersNarrowWhatIsFound() {
        trail.with(4).sealed();
        trail.change("""
                insert into audit_event (application_id, type, actor, at)
                values (?, 'factor_removed', 'bob', '2024-05-01T00:00:00.5Z')
                """);
        trail.sealed();

        assertEquals(List.of(5L), sequences("?actor=bob"));
        assertEquals(List.of(), sequences("?actor=Bob"));
        assertEquals(List.of(5L), sequences("?type=factor_removed"));
        assertEquals(List.of(5L, 4L, 3L, 2L, 1L), sequences("?type=factor_removed&type=code_refused"));
        assertEquals(List.of(5L), sequences("?from=2024-05-01T00:00:00.5Z&to=2024-05-01T00:00:00.500001Z"));
        assertEquals(
                List.of(5L), sequences("?from=" + encode("2024-05-01T02:00:00+02:00") + "&to=2024-05-02T00:00:00Z"));
        assertEquals(List.of(), sequences("?from=2024-05-01T00:00:00.500001Z&to=2024-05-02T00:00:00Z"));
        assertEquals(List.of(), sequences("?to=2024-05-01T00:00:00.5Z"));
        assertEquals(List.of(4L, 3L), sequences("?from=2025-01-01T00:00:00Z&limit=2"));
        assertEquals(List.of(1L, 2L), sequences("?order=oldest&limit=2"));
        assertEquals(List.of(), sequences("?type=no_such_event"));
        trail.search("?subject=nobody").expectProblem(404, "not_found");
    }

    @Test
    void detailsActorAndReasonAreShown() {
        trail.with(1).sealed();
        var event = trail.search("").expect(200).json().at("/events/0");
        assertEquals("alice", event.path("actor").textValue());
        assertEquals("Case 1", event.path("reason").textValue());
        assertEquals(1, event.at("/details/b").intValue());
    }

    @Test
    void otherApplicationsAreNotSeen() {
        trail.with(3).sealed();
        var other = new Trail(postern, postern.second()).with(2).sealed();

        assertEquals(2, other.pages("order=newest").size());
        other.search("")
                .json()
                .path("events")
                .forEach(event -> assertEquals("alice", event.path("actor").textValue()));
        assertEquals(2, other.verify().path("verified").longValue());
        var person = Person.registered(postern, trail.api());
        other.search("?subject=" + person.subject()).expectProblem(404, "not_found");
        var number = Sql.on(postern).number("select id from subject where external_id = ?", person.subject());
        trail.change("insert into audit_event (application_id, subject_id, type) values (?, ?, 'x')", number);
        trail.sealed();
        assertEquals(
                1, trail.search("?pseudonym=" + number).json().path("events").size());
        assertEquals(
                0, other.search("?pseudonym=" + number).json().path("events").size());
    }

    /** Whoever follows the trail while it is written gets every event once, as does whoever leafs back. */
    @Test
    void pagesAreStableWhileRowsAreWritten() {
        trail.with(500).sealed();
        var writing = new AtomicBoolean(true);
        var followed = new ArrayList<Long>();
        var cursor = "";
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < 4; writer++) {
                var _ = threads.submit(() -> {
                    while (writing.get()) {
                        slowly(20);
                    }
                    return writing;
                });
            }
            try {
                var back = trail.pages("limit=7").stream()
                        .filter(sequence -> sequence <= 500)
                        .toList();
                assertEquals(
                        LongStream.rangeClosed(1, 500).map(n -> 501 - n).boxed().toList(), back);
                while (followed.size() < 2_000) {
                    cursor = follow(cursor, followed);
                }
            } finally {
                writing.set(false);
            }
        }
        trail.sealed();
        int before;
        do {
            before = followed.size();
            cursor = follow(cursor, followed);
        } while (followed.size() > before);

        long rows = trail.count("true");
        assertEquals(LongStream.rangeClosed(1, rows).boxed().toList(), followed);
        assertEquals(rows, trail.pages("limit=200").stream().distinct().count());
        assertEquals(rows, trail.verify().path("verified").longValue());
    }

    /** Rows whose transactions stay open for a moment, so that they are committed in another order than written. */
    private void slowly(int rows) throws Exception {
        try (var connection = postern.connect();
                var insert = connection.prepareStatement(
                        "insert into audit_event (application_id, type) select ?, 'test' from generate_series(1, ?)")) {
            connection.setAutoCommit(false);
            insert.setString(1, trail.application());
            insert.setInt(2, rows);
            insert.executeUpdate();
            try (var pause = connection.prepareStatement("select pg_sleep(random() * 0.1)")) {
                pause.execute();
            }
            connection.commit();
        }
    }

    private String follow(String cursor, List<Long> followed) {
        var page = trail.search("?order=oldest&limit=100" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                .expect(200);
        page.json()
                .path("events")
                .forEach(event -> followed.add(event.path("sequence").longValue()));
        return page.text("next");
    }

    @Test
    void lastPageHasNoNextUnlessItCanBeFollowed() {
        trail.with(3).sealed();
        assertFalse(trail.search("?limit=3").json().has("next"));
        assertTrue(trail.search("?limit=2").json().has("next"));
        var end = trail.search("?order=oldest").text("next");
        var still = trail.search("?order=oldest&cursor=" + end).expect(200);
        assertEquals(0, still.json().path("events").size());
        assertEquals(end, still.text("next"));
        assertFalse(new Trail(postern).search("").expect(200).json().has("next"));
    }

    @Test
    void cursorIsGoodForItsSearchAlone() {
        trail.with(5).sealed();
        var cursor = trail.search("?limit=2").text("next");
        assertEquals(List.of(3L, 2L, 1L), sequences("?cursor=" + cursor));

        refuse("cursor", trail.api(), "?actor=alice&cursor=" + cursor);
        refuse("cursor", trail.api(), "?order=oldest&cursor=" + cursor);
        refuse("cursor", trail.api(), "?cursor=5" + cursor.substring(1));
        refuse("cursor", trail.api(), "?cursor=" + cursor.substring(0, cursor.length() - 1));
        refuse("cursor", new Trail(postern).api(), "?cursor=" + cursor);
        refuse("cursor", trail.api(), "?cursor=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=201",
                "limit=-1",
                "limit=x",
                "limit=9999999999999999999",
                "limit=",
                "limit=1&limit=2",
                "order=up",
                "from=yesterday",
                "from=2024-05-01",
                "to=2024-13-01T00:00:00Z",
                "to=-99999-01-01T00:00:00Z",
                "from=%2B99999-01-01T00:00:00Z",
                "type=",
                "type=a%20b",
                "type=%27",
                "actor=",
                "actor=%00",
                "actor=%20a",
                "subject=%0a",
                "pseudonym=x",
                "pseudonym=-1",
                "pseudonym=1&subject=a",
                "typ=code_refused",
                "x=1"
            })
    void queryThatMeansNothingIsRefused(String query) {
        refuse(
                query.equals("pseudonym=1&subject=a") ? "pseudonym" : query.substring(0, query.indexOf('=')),
                trail.api(),
                "?" + query);
    }

    /** Nobody waits longer for a trail that is long: what was not looked at yet is behind the cursor. */
    @Test
    void rareEventsAreFoundInPagesThatMayBeEmpty() {
        trail.change("insert into audit_event (application_id, type) values (?, 'rare')");
        trail.sealed();
        trail.with(30_000).sealed();
        assertEquals(List.of(1L), trail.pages("type=rare"));
    }

    @Test
    void frontEndMayNotRead() {
        var frontEnd = postern.api(SeededClient.DEMO_ADMIN);
        frontEnd.get("/v1/audit-events").expectProblem(403, "insufficient_scope");
        frontEnd.post("/v1/audit-events/verify", Map.of()).expectProblem(403, "insufficient_scope");
        postern.api(SeededClient.DEMO_OPERATOR).get("/v1/audit-events").expect(200);
    }

    @Test
    void changeIsThereSoonAfterItHappened() {
        var person = Person.enrolled(postern, trail.api());
        Await.until(
                Trail.DEADLINE,
                "found",
                () -> !trail.search("?subject=" + person.subject())
                        .json()
                        .path("events")
                        .isEmpty());
    }

    private void refuse(String parameter, Api api, String query) {
        var answer = api.get("/v1/audit-events" + query).expectProblem(400, "malformed_request");
        assertEquals(parameter, answer.json().at("/errors/0/field").textValue(), query);
    }

    private List<Long> sequences(String query) {
        var found = new ArrayList<Long>();
        trail.search(query)
                .expect(200)
                .json()
                .path("events")
                .forEach(event -> found.add(event.path("sequence").longValue()));
        return found;
    }

    private static List<String> texts(JsonNode page, String member) {
        var texts = new ArrayList<String>();
        page.path("events").forEach(event -> texts.add(event.path(member).textValue()));
        return texts;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
