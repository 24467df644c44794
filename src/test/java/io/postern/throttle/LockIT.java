package io.postern.throttle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.SecondApp;
import io.postern.harness.Sql;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RULES D3: a hundred failures in a row lock a factor, whatever becomes of Redis. */
final class LockIT {
    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Sql sql = Sql.on(postern);
    private final Person person = Person.enrolled(postern, api);

    @Test
    void hundredthFailureLocksTheFactor() {
        failed(98);
        var challenge = person.challenge();
        person.verify(challenge, person.wrongCode()).expectProblem(422, "invalid_code");
        assertFalse(isLocked());
        person.verify(challenge, person.wrongCode()).expectProblem(422, "invalid_code");
        assertTrue(isLocked());
        assertEquals(1, events("factor_locked"));
        person.verify(challenge, person.code()).expectProblem(409, "challenge_closed");
        assertEquals(100, failures());
    }

    /** RULES B2: two-factor stays on. */
    @Test
    void lockedFactorIsShownAsUnavailable() {
        locked();
        var challenge = person.challenge(api, Map.of("purpose", "sign_in")).expect(201);
        assertEquals("pending", challenge.text("status"));
        var option = challenge.json().path("factors").get(0);
        assertEquals(person.factor(), option.path("id").textValue());
        assertFalse(option.path("available").booleanValue());
        person.verify(challenge.text("id"), person.code()).expectProblem(409, "factor_unavailable");
        assertEquals("on", api.get(person.path()).expect(200).text("two_factor"));
    }

    /** RULES H2. */
    @Test
    void emptiedRedisForgetsNoFailureOfTheHundred() {
        failed(98);
        person.verify(person.challenge(), person.wrongCode()).expectProblem(422, "invalid_code");
        var challenge = person.challenge();
        postern.redis().command("DEL", "postern:{" + challenge.substring(0, 22) + "}:failures");
        person.verify(challenge, person.wrongCode()).expectProblem(422, "invalid_code");
        assertTrue(isLocked());
    }

    @Test
    void successBeginsTheHundredAnew() {
        failed(99);
        person.verify(person.challenge(), person.code()).expect(200);
        assertEquals(0, failures());
    }

    @Test
    void ownerUnlocksTheFactorWithAnother() {
        var tablet = SecondApp.of(person, api);
        locked();
        var unlock = person.path("/factors/" + person.factor() + "/unlock");
        api.post(unlock).expectProblem(403, "verification_required");
        var stepUp = person.challenge(api, Map.of("purpose", "step_up", "action", "unlock_factor"))
                .expect(201)
                .text("id");
        person.verify(stepUp, person.code()).expectProblem(409, "factor_unavailable");
        var proof = tablet.verify(api, stepUp, tablet.code()).expect(200).text("verification_token");

        person.with(proof).post(unlock).expect(200);

        assertFalse(isLocked());
        assertEquals(0, failures());
        assertEquals(1, events("factor_unlocked"));
        person.verify(person.challenge(), person.code()).expect(200);
    }

    @Test
    void proofOfTheFactorItselfFromBeforeTheLockUnlocksNothing() {
        var stepUp = person.challenge(api, Map.of("purpose", "step_up", "action", "unlock_factor"))
                .expect(201)
                .text("id");
        var proof = person.verify(stepUp, person.code()).expect(200).text("verification_token");
        locked();

        person.with(proof)
                .post(person.path("/factors/" + person.factor() + "/unlock"))
                .expectProblem(403, "verification_required");

        assertTrue(isLocked());
    }

    @Test
    void personIsToldOnceADayAfterFiveFailures() {
        fail(4);
        assertEquals(0, events("failures_repeated"));
        fail(1);
        assertEquals(1, events("failures_repeated"));
        fail(2);
        assertEquals(1, events("failures_repeated"));
        sql.change("update factor set told_at = told_at - interval '25 hours' where id = ?::uuid", person.factor());
        fail(2);
        assertEquals(2, events("failures_repeated"));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            person.verify(person.challenge(), person.wrongCode()).expectProblem(422, "invalid_code");
        }
    }

    private void failed(int times) {
        sql.change("update factor set failures = ? where id = ?::uuid", times, person.factor());
    }

    private void locked() {
        sql.change("update factor set failures = 100, locked_at = now() where id = ?::uuid", person.factor());
    }

    private boolean isLocked() {
        return sql.number("select count(*) from factor where locked_at is not null and id = ?::uuid", person.factor())
                == 1;
    }

    private long failures() {
        return sql.number("select failures from factor where id = ?::uuid", person.factor());
    }

    private long events(String type) {
        return sql.number(
                "select count(*) from audit_event where type = ? and factor_id = ?::uuid", type, person.factor());
    }
}
