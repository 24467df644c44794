package io.postern.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.problem.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKeySet;
import org.junit.jupiter.api.Test;

/** DESIGN section 8: what is counted, and by how many labels. */
final class MetricsIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final List<String> PATHS = List.of(
            "/*",
            "/*?*=*",
            "/v1/*/*",
            "/v1/subjects/*",
            "/v1/subjects/*/*",
            "/v1/subjects/*/factors",
            "/v1/subjects/*/factors/*",
            "/v1/subjects/*/factors/*/activate",
            "/v1/subjects/*/factors/*/*/*",
            "/v1/challenges/*",
            "/v1/challenges/*/verify",
            "/v1/challenges/*/verify/*",
            "/v1/webhooks/*",
            "/v1/webhooks/*/deliveries/*/redeliver",
            "/v1/webhooks/*/*/*",
            "/q/*",
            "/q/health/*",
            "/.well-known/*");

    private final Postern postern = Postern.shared();
    private final Api copy = Api.at(postern.first());
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);

    @Test
    void eachSecurityEventIsCountedOnce() {
        var before = Metrics.of(copy);
        var person = Person.enrolled(postern, api);
        var challenge = person.challenge();
        person.verify(challenge, person.wrongCode()).expect(422);
        person.verify(challenge, person.code()).expect(200);
        person.verify(challenge, person.code()).expect(409);
        person.with(person.proof("disable")).post(person.path("/disable")).expect(204);

        var grown = Metrics.of(copy)
                .since(
                        before,
                        SeededClient.DEMO_ADMIN.application(),
                        "enrollment_begun",
                        "factor_activated",
                        "challenge_created",
                        "code_refused",
                        "challenge_approved",
                        "verification_closed",
                        "two_factor_disabled");

        assertEquals(
                Map.of(
                        "enrollment_begun", 1L,
                        "factor_activated", 1L,
                        "challenge_created", 2L,
                        "code_refused", 1L,
                        "challenge_approved", 2L,
                        "verification_closed", 1L,
                        "two_factor_disabled", 1L),
                grown);
    }

    @Test
    void changeThatFailsIsNotCounted() {
        var person = Person.enrolled(postern, api);
        var before = Metrics.of(copy);
        api.post(person.path("/disable")).expect(403);
        var grown = Metrics.of(copy).since(before, SeededClient.DEMO_ADMIN.application(), "two_factor_disabled");
        assertEquals(Map.of("two_factor_disabled", 0L), grown);
    }

    @Test
    void askingForASecondStepIsCountedByWhatItCameTo() {
        var off = Person.registered(postern, api);
        var on = Person.enrolled(postern, api);
        var before = Metrics.of(copy);
        off.challenge(Map.of("purpose", "sign_in")).expect(200);
        on.challenge();
        on.proof("disable");
        var after = Metrics.of(copy);
        assertEquals(1, asked(after, "sign_in", "not_enrolled") - asked(before, "sign_in", "not_enrolled"));
        assertEquals(1, asked(after, "sign_in", "pending") - asked(before, "sign_in", "pending"));
        assertEquals(1, asked(after, "step_up", "pending") - asked(before, "step_up", "pending"));
    }

    private static double asked(Metrics metrics, String purpose, String status) {
        var application = SeededClient.DEMO_ADMIN.application();
        var labels = Map.of("application", application, "purpose", purpose, "status", status);
        return metrics.sum("postern_challenge_requests_total", labels);
    }

    /** So that the first one is seen to grow. */
    @Test
    void everyProblemIsThereBeforeItHappens() {
        var page = Metrics.of(copy).page();
        for (var code : ProblemCode.values()) {
            assertTrue(page.contains("postern_problems_total{code=\"" + code.code() + "\"} "), code.code());
        }
    }

    /** Those of resources, and those that are found before one. */
    @Test
    void eachProblemIsCountedOnce() {
        var before = Metrics.of(copy);
        api.get("/v1/subjects/" + UUID.randomUUID()).expectProblem(404, "not_found");
        copy.get("/v1/policy").expectProblem(401, "unauthorized");
        var huge = "x".repeat(70_000);
        api.post("/v1/challenges", Map.of("subject", huge)).expectProblem(413, "body_too_large");
        var after = Metrics.of(copy);
        for (var code : List.of("not_found", "unauthorized", "body_too_large")) {
            assertEquals(1, problems(after, code) - problems(before, code), code);
        }
        assertEquals(0, problems(after, "internal_error") - problems(before, "internal_error"));
    }

    private static double problems(Metrics metrics, String code) {
        return metrics.sum("postern_problems_total", Map.of("code", code));
    }

    /** By the copy that had it in hand. Enrolling an address sends one message, and tells nobody before it is proven. */
    @Test
    void messageThatGoesOutIsCountedOnce() {
        var name = "postern_deliveries_total";
        var sent = Map.of(
                "application", SeededClient.OTHER_ADMIN.application(),
                "channel", "email",
                "provider", "smtp",
                "outcome", "sent");
        var before = ofAll();
        var other = postern.api(SeededClient.OTHER_ADMIN, 0);
        var person = Person.registered(postern, other);
        var address = Correspondent.newAddress();
        Correspondent.begin(other, person.path(), "email", address).expect(201);
        Correspondent.codes(postern, address, 1);

        Await.until(SOON, "it is counted", () -> ofAll().sum(name, sent) > before.sum(name, sent));
        var after = ofAll();
        assertEquals(1, after.sum(name, sent) - before.sum(name, sent));
        // Of all applications, so that others' messages may be among them.
        var tries = "postern_delivery_provider_seconds_count";
        var taken = Map.of("channel", "email", "provider", "smtp", "outcome", "sent");
        assertTrue(after.sum(tries, taken) >= before.sum(tries, taken) + 1, () -> before.page() + after.page());
        assertFalse(after.page().contains("trace_id"), "examples of traces that nobody has");
    }

    private Metrics ofAll() {
        return new Metrics(
                Metrics.of(copy).page() + Metrics.of(Api.at(postern.second())).page());
    }

    @Test
    void messageThatALimitKeepsBackIsCountedByItsReason() {
        var person = Correspondent.byMail(postern, api);
        var challenge = person.challenge();
        person.code(challenge);
        var before = Metrics.of(copy);
        person.sendAgain(challenge).expectProblem(429, "too_many_sends");
        var after = Metrics.of(copy);
        for (var reason : List.of("cooldown", "subject", "proven")) {
            var labels =
                    Map.of("application", SeededClient.DEMO_ADMIN.application(), "channel", "email", "reason", reason);
            assertEquals(
                    reason.equals("cooldown") ? 1 : 0,
                    after.sum("postern_sends_refused_total", labels)
                            - before.sum("postern_sends_refused_total", labels),
                    reason);
        }
    }

    @Test
    void linesOfImportsAreCountedByWhatBecameOfThem() {
        var operator = postern.everyScope(SeededClient.OTHER_ADMIN, 0);
        var id = operator.post("/v1/imports", Map.of("actor", "ops-3", "reason", "To see it counted"))
                .expect(201)
                .text("id");
        var line = "{\"subject\":\"imported-%s\"}\n".formatted(UUID.randomUUID());
        var before = Metrics.of(copy);
        var lines = (line + line + "no line\n").getBytes(StandardCharsets.UTF_8);
        operator.send("PUT", "/v1/imports/" + id + "/lines?after=0", lines, "application/x-ndjson")
                .expect(200);
        var after = Metrics.of(copy);
        for (var outcome : List.of("imported", "already_there", "refused")) {
            var labels = Map.of("application", SeededClient.OTHER_ADMIN.application(), "outcome", outcome);
            assertEquals(
                    1,
                    after.sum("postern_import_lines_total", labels) - before.sum("postern_import_lines_total", labels),
                    outcome);
        }
    }

    @Test
    void keysTellWhenTheyWereMade() throws Exception {
        var set = new JsonWebKeySet(Files.readString(postern.keys().verification()));
        var made = ((Number) set.getJsonWebKeys().getFirst().getOtherParameterValue("iat", Object.class)).doubleValue();
        var labels = Map.of("set", "verification", "key", "verification-1", "role", "first");
        assertEquals(made, Metrics.of(copy).sum("postern_key_created_timestamp_seconds", labels));
        assertFalse(Metrics.of(copy).page().contains("digest-1"), "it never changes");
    }

    @Test
    void oldestMessageOfTheOutboxIsTold() {
        var sql = Sql.on(postern);
        var message = UUID.randomUUID();
        sql.change(
                "insert into outbox (id, sealed, created_at, due_at, expires_at) values (?, '\\x00', now() - interval '1 hour',"
                        + " now() + interval '1 hour', now() + interval '2 hours')",
                message);
        try {
            Await.until(
                    SOON,
                    "the backlog is told",
                    () -> Metrics.of(copy).sum("postern_outbox_oldest_seconds", Map.of()) >= 3_600);
        } finally {
            sql.change("delete from outbox where id = ?", message);
        }
    }

    /** Also where nobody is signed in, or the method or media type is wrong: anybody can send that. */
    @Test
    void randomPathsAndIdsMakeNoLabels() {
        send(UUID.randomUUID().toString());
        var known = Metrics.of(copy).series();
        for (int i = 0; i < 10; i++) {
            var random = UUID.randomUUID().toString();
            send(random);
            assertFalse(Metrics.of(copy).page().contains(random));
        }
        var added = new TreeSet<>(Metrics.of(copy).series());
        added.removeAll(known);
        assertEquals(Set.of(), added);
    }

    private void send(String random) {
        var method = "M" + random.replaceAll("[^a-f]", "").toUpperCase(Locale.ROOT);
        for (var path : PATHS) {
            var filled = path.replace("*", random);
            copy.get(filled);
            api.get(filled);
            api.post(filled, Map.of(random, random));
            api.put(filled, Map.of());
            api.send("PATCH", filled, new byte[0], "text/" + random);
            api.delete(filled);
            copy.send(method, filled, new byte[0], "");
        }
    }
}
