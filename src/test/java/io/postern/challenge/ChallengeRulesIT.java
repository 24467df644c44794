package io.postern.challenge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Approvals;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.SecondApp;
import io.postern.harness.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RULES B1 to B4, B7 and F3: what a challenge is, and for how long. */
final class ChallengeRulesIT {
    private static final Map<String, String> SIGN_IN = Map.of("purpose", "sign_in");

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api strict = postern.api(Strict.CLIENT, 0);
    private final Sql sql = Sql.on(postern);

    @BeforeAll
    static void seed() {
        Strict.seed(Postern.shared());
    }

    /** A copy that starts later would refuse to, for want of the key. */
    @AfterEach
    void forgetTheLostKey() {
        sql.change("delete from factor where key_id = 'lost'");
    }

    /** RULES B1. */
    @Test
    void challengeLivesFifteenMinutes() {
        requireLife(Person.enrolled(postern, api).challenge(api, SIGN_IN), Duration.ofMinutes(15));
        requireLife(Person.enrolled(postern, strict).challenge(strict, SIGN_IN), Duration.ofMinutes(1));
    }

    /** RULES B1. */
    @Test
    void endedChallengeIsNotFound() {
        var person = Person.enrolled(postern, api);
        var challenge = person.challenge();
        postern.redis().command("DEL", key(challenge)); // as its end does
        person.verify(challenge, person.code()).expectProblem(404, "not_found");
        api.get("/v1/challenges/" + challenge).expectProblem(404, "not_found");
    }

    /** RULES B7. */
    @Test
    void policySaysHowManyWrongCodesEndAChallenge() {
        var person = Person.enrolled(postern, strict);
        var challenge = person.challenge();
        assertEquals(1, attemptsRemaining(person.verify(challenge, person.wrongCode())));
        assertEquals(0, attemptsRemaining(person.verify(challenge, person.wrongCode())));
        person.verify(challenge, person.code()).expectProblem(409, "challenge_closed");
    }

    /** RULES B2, and H4 for the last: the secret of another row. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "update factor set locked_at = now() where id = ?::uuid",
                "update factor set secret = set_byte(secret, 20, get_byte(secret, 20) # 1) where id = ?::uuid",
                "update factor set key_id = 'lost' where id = ?::uuid",
                "update factor f set (key_id, secret) = (select o.key_id, o.secret from factor o"
                        + " where o.id <> f.id limit 1) where f.id = ?::uuid",
            })
    void unusableFactorStillMakesAPendingChallenge(String breakIt) {
        Person.enrolled(postern, api); // of whom there is a secret too
        var person = Person.enrolled(postern, api);
        var open = person.challenge();
        assertEquals(1, sql.change(breakIt, person.factor()));

        var challenge = person.challenge(api, SIGN_IN).expect(201);

        assertEquals("pending", challenge.text("status"));
        assertFalse(onlyFactor(challenge).path("available").booleanValue());
        person.verify(challenge.text("id"), person.code()).expectProblem(409, "factor_unavailable");
        assertEquals("pending", api.get("/v1/challenges/" + open).expect(200).text("status"));
    }

    /** RULES B2. */
    @Test
    void requiredSecondStepIsToldToWhoHasNone() {
        var answer =
                Person.registered(postern, strict).challenge(strict, SIGN_IN).expect(200);
        assertEquals("enrollment_required", answer.text("status"));
    }

    /** RULES B3. */
    @Test
    void unknownSubjectIsNotFound() {
        api.post("/v1/challenges", Map.of("subject", "nobody-" + UUID.randomUUID(), "purpose", "sign_in"))
                .expectProblem(404, "not_found");
    }

    /** RULES B4. */
    @Test
    void factorBelowTheLevelAskedForIsUnavailable() {
        var person = Person.enrolled(postern, api);
        var high = Map.of("purpose", "sign_in", "acr", "urn:postern:level:3");
        var challenge = person.challenge(api, high).expect(201);
        assertFalse(onlyFactor(challenge).path("available").booleanValue());
        person.verify(challenge.text("id"), person.code()).expectProblem(409, "factor_unavailable");

        var own = Map.of("purpose", "sign_in", "acr", "urn:postern:level:2");
        assertTrue(onlyFactor(person.challenge(api, own)).path("available").booleanValue());
    }

    /** RULES B4. */
    @Test
    void challengeOfAnotherSubjectIsNotFoundAndNotCharged() {
        var person = Person.enrolled(postern, api);
        var challenge = person.challenge();
        var body = Map.of("factor", person.factor(), "code", person.code(), "subject", "somebody-else");
        api.post("/v1/challenges/" + challenge + "/verify", body).expectProblem(404, "not_found");
        assertEquals(5, attemptsRemaining(api.get("/v1/challenges/" + challenge)));
        var right = Map.of("factor", person.factor(), "code", person.code(), "subject", person.subject());
        api.post("/v1/challenges/" + challenge + "/verify", right).expect(200);
    }

    /** RULES B4. */
    @Test
    void lookAtAChallengeNeverShowsAToken() {
        var person = Person.enrolled(postern, api);
        var challenge = person.challenge();
        person.verify(challenge, person.code()).expect(200);
        assertFalse(api.get("/v1/challenges/" + challenge).expect(200).body().contains("ey"));
    }

    /** RULES F3. */
    @Test
    void changeOfFactorsVoidsOpenChallenges() {
        var person = Person.enrolled(postern, api);
        var challenge = person.challenge();
        SecondApp.of(person, api);
        person.verify(challenge, person.code()).expectProblem(409, "challenge_closed");
        assertEquals(0, Approvals.on(postern).of(challenge));
    }

    private void requireLife(Answer challenge, Duration life) {
        var id = challenge.expect(201).text("id");
        long millis = postern.redis().command("PTTL", key(id)) instanceof Long left ? left : 0;
        assertTrue(millis > life.minusSeconds(10).toMillis() && millis <= life.toMillis(), () -> millis + " ms");
        var end = Instant.parse(challenge.text("expires_at"));
        assertTrue(end.isAfter(Instant.now().plus(life).minusSeconds(10)));
        assertFalse(end.isAfter(Instant.now().plus(life)));
    }

    private static String key(String challenge) {
        return "postern:{" + challenge.substring(0, 22) + "}:challenge:" + challenge.substring(22);
    }

    private static JsonNode onlyFactor(Answer challenge) {
        return challenge.expect(201).json().path("factors").path(0);
    }

    private static int attemptsRemaining(Answer answer) {
        return answer.json().path("attempts_remaining").intValue();
    }
}
