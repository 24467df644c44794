package io.postern.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Forger;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RULES F1 to F3: a proof is good for one change, and only a change uses it. */
final class ProofUseIT {

    private static final String PROOF = "X-Verification-Token";

    private final Postern postern = Postern.shared();
    private final Api first = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api second = postern.api(SeededClient.DEMO_ADMIN, 1);

    @Test
    void signInTokenIsNoProof() {
        var person = Person.enrolled(postern, first);
        var token = person.verify(person.challenge(), person.code()).expect(200).text("verification_token");

        person.with(token).post(person.path("/disable")).expectProblem(403, "verification_required");
        PendingApp.ask(person.with(token), person).expectProblem(403, "verification_required");
    }

    @Test
    void proofIsGoodOnce() {
        var person = Person.enrolled(postern, first);
        var proven = person.with(person.proof("change_email"));

        proven.put(person.path(), Map.of("email", "a@example.com")).expect(200);
        proven.put(person.path(), Map.of("email", "b@example.com")).expectProblem(403, "verification_required");

        assertEquals("a@example.com", first.get(person.path()).text("email"));
    }

    @Test
    void proofUsedManyTimesAtOnceOverBothCopiesMakesOneChange() {
        var person = Person.enrolled(postern, first);
        var proof = person.proof("change_email");

        var answers = Burst.of(
                20,
                number -> api(number)
                        .with(PROOF, proof)
                        .put(person.path(), Map.of("email", "a" + number + "@example.com")));

        assertEquals(1, count(answers, 200));
        assertRest(answers, 1, 403);
        assertEquals(1, audited(person, "email_changed"));
    }

    @Test
    void oneProofAddsOneFactor() {
        var person = Person.enrolled(postern, first);
        var proven = person.with(person.proof("add_factor"));
        var app = PendingApp.begin(proven, person);
        var spare = PendingApp.begin(proven, person);

        app.activate(proven).expect(200);

        spare.activate(proven).expectProblem(404, "not_found");
        PendingApp.ask(proven, person).expectProblem(403, "verification_required");
    }

    @Test
    void oneProofRemovesOneFactorAlsoAtOnceOverBothCopies() {
        var person = Person.enrolled(postern, first);
        var app = PendingApp.active(person);
        var proof = person.proof("remove_factor");
        var factors = List.of(person.factor(), app.id());

        var answers = Burst.of(
                10,
                number -> api(number).with(PROOF, proof).delete(person.path("/factors/" + factors.get(number % 2))));

        assertEquals(1, count(answers, 204));
        assertEquals(
                1, first.get(person.path("/factors")).json().path("factors").size());
        assertEquals("on", first.get(person.path()).text("two_factor"));
    }

    @Test
    void changeThatFailsLeavesTheProofUnused() {
        var person = Person.enrolled(postern, first);
        var proven = person.with(person.proof("add_factor"));
        var app = PendingApp.begin(proven, person);
        app.activate(proven, "000000").expectProblem(422, "invalid_code");
        app.activate(proven).expect(200);

        var removal = person.with(person.proof("remove_factor"));
        removal.delete(person.path("/factors/00000000-0000-0000-0000-000000000000"))
                .expectProblem(404, "not_found");
        removal.put(person.path(), Map.of("email", "thief@example.com")).expectProblem(403, "verification_required");
        removal.delete(app.path()).expect(204);
    }

    /** The transaction of the change fails after the proof was used in it. */
    @Test
    void changeThatIsRolledBackLeavesTheProofUnused() throws Exception {
        var person = Person.enrolled(postern, first);
        var proven = person.with(person.proof("change_email"));
        try (var connection = postern.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table audit_event in access exclusive mode");
            proven.put(person.path(), Map.of("email", "a@example.com")).expectProblem(503, "store_unavailable");
            connection.rollback();
        }

        proven.put(person.path(), Map.of("email", "a@example.com")).expect(200);
    }

    @Test
    void changeOfFactorsVoidsTheProofsFromBefore() {
        var person = Person.enrolled(postern, first);
        var proof = person.proof("remove_factor");
        PendingApp.active(person);

        person.with(proof)
                .delete(person.path("/factors/" + person.factor()))
                .expectProblem(403, "verification_required");
    }

    @Test
    void proofOfAnotherPersonIsNone() {
        var person = Person.enrolled(postern, first);
        var thief = Person.enrolled(postern, first);

        thief.with(thief.proof("disable")).post(person.path("/disable")).expectProblem(403, "verification_required");
        person.with(person.proof("remove_factor"))
                .post(person.path("/disable"))
                .expectProblem(403, "verification_required");
        assertEquals("on", first.get(person.path()).text("two_factor"));
    }

    /** Proven 4 minutes 50 seconds ago it is good, 5 minutes 1 second ago it is not; the token's own end is set aside. */
    @ParameterizedTest
    @ValueSource(longs = {290, 301})
    void proofIsGoodForFiveMinutes(long age) {
        var person = Person.enrolled(postern, first);
        long now = Instant.now().getEpochSecond();
        var aged = Forger.with(postern.keys().verification()).again(person.proof("disable"), claims -> {
            claims.put("auth_time", now - age);
            claims.put("exp", now + 60);
        });

        assertEquals(
                age > 300 ? 403 : 204,
                person.with(aged).post(person.path("/disable")).status());
    }

    /** Begun while two-factor was off, activated when it is on (RULES F3). */
    @Test
    void proofIsJudgedAtTheActivationToo() {
        var person = Person.registered(postern, first);
        var app = PendingApp.begin(first, person);
        var meanwhile = PendingApp.begin(first, person);
        Sql.on(postern)
                .change("update factor set status = 'active', expires_at = null where id = ?::uuid", meanwhile.id());

        app.activate(first).expectProblem(403, "verification_required");

        assertEquals("pending", first.get(app.path()).text("status"));
    }

    @Test
    void nothingIsAskedWhileTwoFactorIsOff() {
        var person = Person.registered(postern, first);

        first.put(person.path(), Map.of("email", "other@example.com")).expect(200);
        first.post(person.path("/disable")).expect(204);
        var app = PendingApp.begin(first, person);
        first.delete(app.path()).expect(204);
        assertEquals("off", first.get(person.path()).text("two_factor"));
    }

    /** A lock or a policy does not turn two-factor off (RULES B2). */
    @Test
    void lockedFactorStillAsksForAProof() {
        var person = Person.enrolled(postern, first);
        Sql.on(postern)
                .change("update factor set locked_at = now(), failures = 100 where id = ?::uuid", person.factor());

        first.post(person.path("/disable")).expectProblem(403, "verification_required");
        PendingApp.ask(first, person).expectProblem(403, "verification_required");
        first.put(person.path(), Map.of("email", "thief@example.com")).expectProblem(403, "verification_required");
    }

    @Test
    void addressThatStaysNeedsNoProof() {
        var person = Person.enrolled(postern, first);
        first.put(person.path(), Map.of("email", "person@example.com", "display_name", "New"))
                .expect(200);
        first.put(person.path(), Map.of("locale", "de")).expect(200);
        assertEquals(0, audited(person, "email_changed"));
    }

    @Test
    void changesAreAuditedWithTheChangeAndNotWithout() {
        var person = Person.enrolled(postern, first);
        first.post(person.path("/disable")).expect(403);
        assertEquals(0, audited(person, "two_factor_disabled"));

        person.with(person.proof("disable")).post(person.path("/disable")).expect(204);
        assertEquals(1, audited(person, "two_factor_disabled"));
        assertTrue(audited(person, "factor_activated") == 1);
    }

    /** RULES H5: the trail is kept over a pseudonym, so it says nothing of whom it is about. */
    @Test
    void auditNamesNobody() {
        var person = Person.enrolled(postern, first);
        person.verify(person.challenge(), person.wrongCode()).expect(422);
        person.with(person.proof("change_email")).put(person.path(), Map.of("email", "new@example.com"));

        var rows = Sql.on(postern)
                .texts(
                        "select row_to_json(a)::text from audit_event a join subject s on s.id = a.subject_id"
                                + " where s.external_id = ?",
                        person.subject());
        for (var type : List.of("factor_activated", "code_refused", "challenge_approved", "email_changed")) {
            assertTrue(rows.stream().anyMatch(row -> row.contains(type)), type);
        }
        for (var name : List.of(person.subject(), "person@example.com", "new@example.com")) {
            assertFalse(rows.toString().contains(name), name);
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

    private long audited(Person person, String type) {
        return Sql.on(postern)
                .number(
                        "select count(*) from audit_event a join subject s on s.id = a.subject_id"
                                + " where s.application_id = 'demo-admin' and s.external_id = ? and a.type = ?",
                        person.subject(),
                        type);
    }
}
