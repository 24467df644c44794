package io.postern.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Correspondent;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Enrolling addresses and numbers (RULES C2, E1, F3). */
final class DestinationsIT {

    private final Postern postern = Postern.shared();
    private final Registrant person = Registrant.on(postern);
    private final Api api = person.api();
    private final Api other = postern.api(SeededClient.DEMO_ADMIN, 1);
    private final String path = person.path();

    @Test
    void addressProtectsOnlyOnceItsCodeCameBack() {
        var address = Correspondent.newAddress();
        var pending = person.begin("email", address).expect(201);

        assertEquals("pending", pending.text("status"));
        assertEquals("p•••@example.com", pending.text("destination"));
        assertEquals("queued", pending.text("delivery"));
        assertFalse(pending.body().contains(address));
        assertEquals("off", api.get(path).expect(200).text("two_factor"));

        var active = person.activate(pending, person.codeFor(address)).expect(200);
        assertEquals("active", active.text("status"));
        assertEquals(10, active.json().path("recovery_codes").size());
        assertEquals("on", api.get(path).expect(200).text("two_factor"));
    }

    /** So that a front end can show it while it asks for the code. */
    @Test
    void pendingFactorTellsHowFarItsCodeIs() {
        var address = Correspondent.newAddress();
        var pending = person.begin("email", address).expect(201);
        var factor = person.factor(pending);
        Await.until(
                Duration.ofSeconds(20),
                "it is sent",
                () -> api.get(factor).json().at("/sent/delivery").asText().equals("sent"));

        var told = api.get(factor).expect(200);
        assertEquals("pending", told.text("status"));
        for (var member : List.of("queued_at", "resend_after", "code_expires_at")) {
            assertEquals(
                    pending.text(member), told.json().path("sent").path(member).textValue());
        }
        assertTrue(told.json().at("/sent/provider_ms").isIntegralNumber(), told::body);
        assertTrue(told.json().at("/sent/sent_at").isTextual(), told::body);
        assertFalse(told.body().contains(address));

        person.activate(pending, person.codeFor(address)).expect(200);
        assertFalse(api.get(factor).expect(200).json().has("sent"));
    }

    @Test
    void addressesAndNumbersAreMaskedEverywhere() {
        var address = Correspondent.newAddress();
        var number = Correspondent.newNumber();
        person.activate(person.begin("email", address).expect(201), person.codeFor(address))
                .expect(200);
        person.begin("sms", number).expectProblem(403, "verification_required");
        for (var answer : List.of(api.get(path), api.get(path + "/factors"))) {
            assertFalse(answer.expect(200).body().contains(address));
            assertTrue(answer.body().contains("p•••@example.com"));
        }
        var stored = Sql.on(postern)
                .texts("select encode(secret, 'escape') || coalesce(encode(destination, 'escape'), '') from factor"
                        + " order by created_at desc limit 2");
        assertTrue(stored.stream().noneMatch(row -> row.contains("example.com")));
    }

    @Test
    void fieldsBelongToTheirType() {
        for (var body : List.of(
                Map.of("type", "totp", "address", "a@example.com"),
                Map.of("type", "email", "phone_number", "+14155550123"),
                Map.of("type", "email"),
                Map.of("type", "sms"),
                Map.of("type", "sms", "phone_number", "+14155550123", "address", "a@example.com"),
                Map.of("type", "recovery_code"))) {
            api.post(path + "/factors", body).expectProblem(400, "malformed_request");
        }
    }

    @Test
    void sameAddressIsEnrolledOnce() {
        var owner = Correspondent.byMail(postern, api);
        var proof = owner.proof("add_factor");
        var proven = api.with("X-Verification-Token", proof);
        Correspondent.begin(proven, owner.path(), "email", owner.destination().toUpperCase(Locale.ROOT))
                .expectProblem(409, "factor_exists");
        Correspondent.begin(proven, owner.path(), "email", Correspondent.newAddress())
                .expect(201);
    }

    /** RULES F3: five in all, on both copies, however many codes were sent. */
    @Test
    void guessesAtOnceOverBothCopiesAreFiveTries() {
        var address = Correspondent.newAddress();
        var pending = person.begin("email", address).expect(201);
        var right = person.codeFor(address);
        var target = person.factor(pending) + "/activate";
        var answers = Burst.of(
                60, number -> (number % 2 == 0 ? api : other).post(target, Map.of("code", "%06d".formatted(number))));

        assertEquals(
                5, answers.stream().filter(answer -> answer.status() == 422).count());
        api.post(target, Map.of("code", right)).expectProblem(409, "factor_closed");
        api.post(person.factor(pending) + "/send").expectProblem(409, "factor_closed");
    }

    /** RULES C2, E1: the one before stays good, and a resend has to wait. */
    @Test
    void anotherCodeCanBeSentToAPendingFactor() {
        var address = Correspondent.newAddress();
        var pending = person.begin("email", address).expect(201);
        var resend = person.factor(pending) + "/send";
        api.post(resend).expectProblem(429, "too_many_sends");
        postern.redis().command("FLUSHALL");
        var again = person.begin("email", Correspondent.newAddress()).expect(201);
        assertEquals("pending", again.text("status"));
        person.activate(pending, person.codeFor(address))
                .expectProblem(422, "invalid_code"); // the emptied Redis forgot it
        api.post(resend).expect(202);
        person.activate(pending, person.code(address, 2)).expect(200);
        api.post(resend).expectProblem(409, "factor_closed");
    }

    /** RULES H3. */
    @Test
    void repeatedCallSendsOnce() {
        var address = Correspondent.newAddress();
        var pending = person.begin("email", address).expect(201);
        person.codeFor(address);
        postern.redis().command("FLUSHALL");
        var once = api.with("Idempotency-Key", UUID.randomUUID().toString());
        var resend = person.factor(pending) + "/send";
        var first = once.post(resend).expect(202);

        assertEquals(first.text("resend_after"), once.post(resend).expect(202).text("resend_after"));
        person.activate(pending, person.code(address, 2)).expect(200);
    }

    /** Half done is not done: what cannot be sent leaves no pending factor. */
    @Test
    void factorWhoseCodeCannotBeSentIsNotLeftBehind() {
        var address = Correspondent.newAddress();
        for (int i = 0; i < 3; i++) {
            person.begin("email", address).expect(201);
            Sql.on(postern)
                    .change(
                            "delete from factor where status = 'pending' and subject_id ="
                                    + " (select id from subject where external_id = ?)",
                            path.substring("/v1/subjects/".length()));
        }
        person.begin("email", address).expectProblem(429, "too_many_sends");
        assertEquals(0, person.factors());
    }

    /** RULES E1: nobody's phone rings all day because somebody registers many people. */
    @Test
    void bombingOfOneNumberThroughManySubjectsStopsAtTheLimit() {
        var number = Correspondent.newNumber();
        var second = postern.api(SeededClient.OTHER_ADMIN, 1);
        var subjects = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            subjects.add("/v1/subjects/bomber-" + UUID.randomUUID());
            (i % 2 == 0 ? api : second)
                    .put(subjects.get(i), Map.of("locale", "en"))
                    .expect(201);
        }
        var answers = Burst.of(
                20,
                attempt -> Correspondent.begin(attempt % 2 == 0 ? api : second, subjects.get(attempt), "sms", number));

        assertEquals(
                3, answers.stream().filter(answer -> answer.status() == 201).count());
        assertEquals(
                17, answers.stream().filter(answer -> answer.status() == 429).count());
        assertEquals(3, Correspondent.codes(postern, number, 3).size());
    }
}
