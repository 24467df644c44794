package io.postern.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.harness.Totp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** RULES F3, C1: from a pending factor to an active one, and what a guesser gets on the way. */
final class EnrollmentIT {

    private final Postern postern = Postern.shared();
    private final Sql sql = Sql.on(postern);
    private final Api first = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api second = postern.api(SeededClient.DEMO_ADMIN, 1);

    @Test
    void pendingFactorCountsForNothing() {
        var person = Person.registered(postern, first);
        PendingApp.begin(first, person);

        var challenge = person.challenge(second, Map.of("purpose", "sign_in")).expect(200);
        assertEquals("not_enrolled", challenge.text("status"));
        assertEquals("off", first.get(person.path()).text("two_factor"));
    }

    @Test
    void pendingFactorAnswersNoChallenge() {
        var person = Person.enrolled(postern, first);
        var app = PendingApp.begin(person.with(person.proof("add_factor")), person);
        var challenge = person.challenge();

        first.post("/v1/challenges/" + challenge + "/verify", Map.of("factor", app.id(), "code", app.code()))
                .expectProblem(409, "factor_unavailable");
        assertFalse(first.get("/v1/challenges/" + challenge).body().contains(app.id()));
    }

    @Test
    void secretIsShownOnceAndNeverStored() {
        var person = Person.registered(postern, first);
        var begun = first.post(person.path("/factors"), Map.of("type", "totp", "label", "Phone"))
                .expect(201);
        var secret = begun.text("secret");

        assertEquals("no-store", begun.header("Cache-Control").orElseThrow());
        assertEquals("pending", begun.text("status"));
        assertEquals("Phone", begun.text("label"));
        assertTrue(begun.text("otpauth_uri").contains("secret=" + secret));
        var left = Duration.between(Instant.now(), Instant.parse(begun.text("expires_at")));
        assertTrue(left.compareTo(Duration.ofMinutes(14)) > 0 && left.compareTo(Duration.ofMinutes(15)) <= 0);
        var path = person.path("/factors/" + begun.text("id"));
        for (var shown : List.of(first.get(path), first.get(person.path()), first.get(person.path("/factors")))) {
            assertFalse(shown.expect(200).body().contains(secret));
        }
    }

    @Test
    void secretsHave160BitsAndAreEachNew() {
        Set<String> secrets = new HashSet<>();
        for (int i = 0; i < 12; i++) {
            var app = PendingApp.begin(i % 2 == 0 ? first : second, Person.registered(postern, first));
            assertTrue(app.secret().matches("[A-Z2-7]{32}"));
            assertTrue(secrets.add(app.secret()));
        }
    }

    @Test
    void fiveWrongCodesCloseAPendingFactor() {
        var person = Person.registered(postern, first);
        var app = PendingApp.begin(first, person);
        for (int left = 4; left >= 0; left--) {
            var refused =
                    app.activate(left % 2 == 0 ? first : second, wrong(app)).expectProblem(422, "invalid_code");
            assertEquals(left, refused.json().path("attempts_remaining").intValue());
        }
        app.activate(first).expectProblem(409, "factor_closed");
        assertEquals("off", first.get(person.path()).text("two_factor"));
    }

    /** The right code is among them, but the tries are counted before they are compared. */
    @Test
    void hundredGuessesAtOnceOverBothCopiesAreFiveTries() {
        var person = Person.registered(postern, first);
        var app = PendingApp.begin(first, person);
        var wrong = wrong(app);

        var answers = Burst.of(100, number -> app.activate(api(number), wrong));

        assertEquals(5, count(answers, 422));
        assertRest(answers, 5, 409);
        assertEquals(5, sql.number("select tries from factor where id = ?::uuid", app.id()));
        app.activate(first).expectProblem(409, "factor_closed");
    }

    @Test
    void pendingFactorEndsAfterFifteenMinutes() {
        var person = Person.registered(postern, first);
        var app = PendingApp.begin(first, person);
        sql.change("update factor set expires_at = now() - interval '1 second' where id = ?::uuid", app.id());

        assertTrue(Set.of(404, 409).contains(app.activate(first).status()));
        assertEquals("off", first.get(person.path()).text("two_factor"));
    }

    @Test
    void threeFactorsMayBePending() {
        var person = Person.registered(postern, first);

        var answers = Burst.of(12, number -> PendingApp.ask(api(number), person));

        assertEquals(3, count(answers, 201));
        assertRest(answers, 3, 409);
        PendingApp.ask(first, person).expectProblem(409, "too_many_factors");
        sql.change(
                "update factor set expires_at = now() where subject_id = (select id from subject where external_id = ?)",
                person.subject());
        PendingApp.ask(first, person).expect(201);
    }

    @Test
    void tenFactorsOfATypeMayBeActive() {
        var person = Person.enrolled(postern, first);
        sql.change(
                "insert into factor (id, subject_id, type, label, status, key_id, secret)"
                        + " select gen_random_uuid(), subject_id, type, label, status, key_id, secret"
                        + " from factor, generate_series(1, 9) where id = ?::uuid",
                person.factor());

        PendingApp.ask(person.with(person.proof("add_factor")), person).expectProblem(409, "too_many_factors");
    }

    @Test
    void sameCodeManyTimesAtOnceActivatesOnce() {
        var person = Person.registered(postern, first);
        var app = PendingApp.begin(first, person);
        var code = app.code();

        var answers = Burst.of(5, number -> app.activate(api(number), code));

        assertEquals(1, count(answers, 200));
        assertRest(answers, 1, 409);
        assertEquals(1, sql.number("select version from subject where external_id = ?", person.subject()));
        assertEquals(
                1,
                sql.number(
                        "select count(*) from audit_event where type = 'factor_activated' and factor_id = ?::uuid",
                        app.id()));
    }

    @Test
    void activationEndsTheOtherPendingFactors() {
        var person = Person.registered(postern, first);
        var app = PendingApp.begin(first, person);
        var other = PendingApp.begin(second, person);

        app.activate(first).expect(200);

        other.activate(second).expectProblem(404, "not_found");
        assertEquals(
                1, first.get(person.path("/factors")).json().path("factors").size());
    }

    /** Two factors of one person are activated at the same moment: the second has ended with the first. */
    @Test
    void oneOfTwoActivationsAtOnceIsMade() {
        var person = Person.registered(postern, first);
        var apps = List.of(PendingApp.begin(first, person), PendingApp.begin(first, person));

        var answers = Burst.of(2, number -> apps.get(number).activate(api(number)));

        assertEquals(1, count(answers, 200));
        assertEquals(
                1, first.get(person.path("/factors")).json().path("factors").size());
    }

    @Test
    void activationVoidsOpenChallenges() {
        var person = Person.enrolled(postern, first);
        var challenge = person.challenge();
        PendingApp.active(person);

        person.verify(challenge, person.code()).expectProblem(409, "challenge_closed");
        person.verify(person.challenge(), person.code()).expect(200);
    }

    @Test
    void removalVoidsOpenChallenges() {
        var person = Person.enrolled(postern, first);
        var app = PendingApp.active(person);
        var challenge = person.challenge();
        person.with(person.proof("remove_factor")).delete(app.path()).expect(204);

        person.verify(challenge, person.code()).expectProblem(409, "challenge_closed");
    }

    @Test
    void removalAndDisablingEndPendingFactors() {
        var person = Person.enrolled(postern, first);
        var app = PendingApp.active(person);
        var pending = PendingApp.begin(person.with(person.proof("add_factor")), person);
        person.with(person.proof("remove_factor")).delete(app.path()).expect(204);
        first.get(pending.path()).expectProblem(404, "not_found");

        var another = PendingApp.begin(person.with(person.proof("add_factor")), person);
        person.with(person.proof("disable")).post(person.path("/disable")).expect(204);
        first.get(another.path()).expectProblem(404, "not_found");
        assertEquals(
                "not_enrolled",
                person.challenge(second, Map.of("purpose", "sign_in"))
                        .expect(200)
                        .text("status"));
    }

    /** RULES C1: the activation spends its step. */
    @Test
    void codeOfTheActivationSignsNobodyIn() {
        var person = Person.registered(postern, first);
        var app = PendingApp.begin(first, person);
        var code = app.code();
        app.activate(first, code).expect(200);
        var challenge = person.challenge(second, Map.of("purpose", "sign_in"))
                .expect(201)
                .text("id");

        second.post("/v1/challenges/" + challenge + "/verify", Map.of("factor", app.id(), "code", code))
                .expectProblem(422, "invalid_code");
    }

    @Test
    void activeFactorIsNotActivatedAgain() {
        var person = Person.enrolled(postern, first);
        first.post(person.path("/factors/" + person.factor() + "/activate"), Map.of("code", person.code()))
                .expectProblem(409, "factor_closed");
    }

    @Test
    void codesAreTakenAsAppsShowThem() {
        var person = Person.registered(postern, first);
        var app = PendingApp.begin(first, person);
        var code = app.code();
        app.activate(first, code.substring(0, 3) + " " + code.substring(3)).expect(200);
    }

    @Test
    void policyDecidesWhichFactorsMayBegin() {
        var person = Person.registered(postern, first);
        for (var type : List.of("email", "sms", "webauthn", "recovery_code", "TOTP", "")) {
            first.post(person.path("/factors"), Map.of("type", type)).expectProblem(400, "malformed_request");
        }
        assertNotEquals(0, PendingApp.ask(first, person).expect(201).body().length());
    }

    private static String wrong(PendingApp app) {
        long present = Totp.step(Instant.now());
        for (int candidate = 0; ; candidate++) {
            var code = "%06d".formatted(candidate);
            boolean near = false;
            for (long step = present - 2; step <= present + 2; step++) {
                near |= Totp.code(app.secret(), step).equals(code);
            }
            if (!near) {
                return code;
            }
        }
    }

    private Api api(int number) {
        return number % 2 == 0 ? first : second;
    }

    private static long count(List<Answer> answers, int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }

    /** The rest is refused so, or turned away by a store that was too busy, which is no answer (RULES B6). */
    private static void assertRest(List<Answer> answers, long accepted, int refused) {
        assertEquals(answers.size() - accepted, count(answers, refused) + count(answers, 503));
        assertTrue(count(answers, refused) > 0);
    }
}
