package io.postern.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Correspondent;
import io.postern.harness.Forger;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in with codes that are sent (RULES A1, A2, B1, B5, B7, C2, D4, E1). */
final class SentCodesIT {

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api other = postern.api(SeededClient.DEMO_ADMIN, 1);
    private final Correspondent person = Correspondent.byMail(postern, api);

    /** RULES A1, A2: whoever reads the mailbox has it. */
    @Test
    void codeByMailIsNoSecondFactor() {
        var challenge = person.challenge();
        var token = person.verify(challenge, person.code(challenge)).expect(200).text("verification_token");

        assertEquals(List.of("email"), Forger.claims(token).get("amr"));
        assertEquals("urn:postern:level:1", Forger.claims(token).get("acr"));
    }

    @Test
    void codeBySmsIsOne() {
        var caller = Correspondent.bySms(postern, api);
        var challenge = caller.challenge();
        var token = caller.verify(challenge, caller.code(challenge)).expect(200).text("verification_token");

        assertEquals(List.of("sms", "mfa"), Forger.claims(token).get("amr"));
        assertEquals("urn:postern:level:2", Forger.claims(token).get("acr"));
    }

    @Test
    void answerTellsWhereTheCodeGoesAndWhenItEnds() {
        var challenge = person.challenge();
        var before = Instant.now();
        var sent = person.send(challenge).expect(202);

        assertEquals("p•••@example.com", sent.text("destination"));
        assertEquals("queued", sent.text("delivery"));
        assertSeconds(30, before, sent.text("resend_after"));
        assertSeconds(600, before, sent.text("code_expires_at"));
        assertFalse(sent.body().contains(person.destination()));
        Await.until(
                Duration.ofSeconds(20),
                "sent",
                () -> "sent"
                        .equals(option(challenge).path("sent").path("delivery").textValue()));
        assertEquals("p•••@example.com", option(challenge).path("destination").textValue());
    }

    @Test
    void challengeTellsWhenTheNewestCodeWasQueuedAndSentAndHowLongTheServerTook() {
        var challenge = person.challenge();
        var before = Instant.now();
        var first = person.send(challenge).expect(202);
        assertSeconds(0, before, first.text("queued_at"));
        assertFalse(first.json().has("sent_at") || first.json().has("provider_ms"), first::body);
        var sent = awaitSent(challenge);
        assertEquals(first.text("queued_at"), sent.path("queued_at").textValue());
        assertFalse(Instant.parse(sent.path("sent_at").textValue()).isBefore(Instant.parse(first.text("queued_at"))));
        assertTrue(
                sent.path("provider_ms").isIntegralNumber()
                        && sent.path("provider_ms").longValue() < 10_000,
                sent::toString);

        var second = person.send(challenge).expect(202);
        assertTrue(Instant.parse(second.text("queued_at")).isAfter(Instant.parse(first.text("queued_at"))));
        assertEquals(
                second.text("queued_at"), awaitSent(challenge).path("queued_at").textValue());
    }

    private JsonNode awaitSent(String challenge) {
        Await.until(
                Duration.ofSeconds(20),
                "sent",
                () -> "sent"
                        .equals(option(challenge).path("sent").path("delivery").textValue()));
        return option(challenge).path("sent");
    }

    /** RULES B1: the earlier of both ends. */
    @Test
    void codeEndsWithItsChallenge() {
        var sql = Sql.on(postern);
        sql.change("update application set policy = '{\"challenge_seconds\":120}' where id = 'demo-admin'");
        try {
            var before = Instant.now();
            var challenge = person.challenge();
            assertSeconds(120, before, person.send(challenge).expect(202).text("code_expires_at"));
        } finally {
            sql.change("update application set policy = '{}' where id = 'demo-admin'");
        }
    }

    /** RULES C2: a late message still helps, and a resend adds no chance to guess. */
    @Test
    void twoNewestCodesAreGood() {
        var challenge = person.challenge();
        var first = person.code(challenge);
        var second = person.code(challenge);
        var third = person.code(challenge);

        person.verify(challenge, first).expectProblem(422, "invalid_code");
        person.verify(other, challenge, second).expect(200);
        person.verify(challenge, third).expectProblem(409, "challenge_closed");
    }

    @Test
    void codeThatHasEndedIsWrong() {
        var challenge = person.challenge();
        var code = person.code(challenge);
        var key = key(challenge);
        var field = "codes:" + person.factor();
        var stored = String.valueOf(postern.redis().command("HGET", key, field));
        postern.redis().command("HSET", key, field, System.currentTimeMillis() - 1 + stored.substring(13));

        person.verify(challenge, code).expectProblem(422, "invalid_code");
    }

    /** RULES C2: bound to its challenge and factor. */
    @Test
    void codeOfAnotherChallengeIsWrong() {
        var one = person.challenge();
        var two = person.challenge();
        var code = person.code(one);
        person.send(two).expect(202);

        person.verify(two, code).expectProblem(422, "invalid_code");
        person.verify(one, code).expect(200);
    }

    /** RULES C2: bound to its challenge. Whoever writes to Redis makes no code good elsewhere. */
    @Test
    void codeMovedToAnotherChallengeIsWrong() {
        var one = person.challenge();
        var two = person.challenge();
        var code = person.code(one);
        var field = "codes:" + person.factor();
        move(one, field, two, field);

        person.verify(two, code).expectProblem(422, "invalid_code");
        person.verify(one, code).expect(200);
    }

    /** RULES C2: bound to its factor. */
    @Test
    void codeMovedToAnotherFactorIsWrong() {
        var second = secondFactor();
        var challenge = person.challenge();
        var code = person.code(challenge);
        move(challenge, "codes:" + person.factor(), challenge, "codes:" + second);

        api.post("/v1/challenges/" + challenge + "/verify", Map.of("factor", second, "code", code))
                .expectProblem(422, "invalid_code");
        person.verify(challenge, code).expect(200);
    }

    /** RULES C2: also where nothing comes of it, as here, where its factor was locked in between. */
    @Test
    void allCodesDieWithTheFirstThatIsTaken() {
        var challenge = person.challenge();
        var first = person.code(challenge);
        var second = person.code(challenge);
        var sql = Sql.on(postern);
        sql.change("update factor set locked_at = now() where id = ?::uuid", person.factor());
        person.verify(challenge, second).expectProblem(409, "challenge_closed");
        sql.change("update factor set locked_at = null where id = ?::uuid", person.factor());

        person.verify(challenge, second).expectProblem(422, "invalid_code");
        person.verify(challenge, first).expectProblem(422, "invalid_code");
    }

    /** RULES C2: one challenge, one right answer. */
    @Test
    void codesOfOtherFactorsDieWithIt() {
        var second = secondFactor();
        var challenge = person.challenge();
        var code = person.code(challenge);
        api.post("/v1/challenges/" + challenge + "/send", Map.of("factor", second))
                .expect(202);
        assertEquals(1L, postern.redis().command("HEXISTS", key(challenge), "codes:" + second));
        person.verify(challenge, code).expect(200);

        assertEquals(0L, postern.redis().command("HEXISTS", key(challenge), "codes:" + second));
    }

    /** RULES B7, D4: five in all, however many codes were sent. */
    @Test
    void resendsGiveNoMoreTries() {
        var challenge = person.challenge();
        for (int left = 4; left >= 0; left--) {
            var code = person.code(challenge);
            var refused = person.verify(challenge, Correspondent.wrong(code)).expectProblem(422, "invalid_code");
            assertEquals(left, refused.json().path("attempts_remaining").intValue());
        }
        person.send(challenge).expectProblem(409, "challenge_closed");
        person.verify(challenge, person.codes(1).getLast()).expectProblem(409, "challenge_closed");
    }

    /** RULES B5: guesses are counted before they are compared. */
    @Test
    void ofManyGuessesAtOnceOverBothCopiesFiveAreCompared() {
        var challenge = person.challenge();
        var right = person.code(challenge);
        var answers = Burst.of(
                200, number -> person.verify(number % 2 == 0 ? api : other, challenge, "%06d".formatted(number)));

        assertEquals(
                5, answers.stream().filter(answer -> answer.status() == 422).count());
        assertEquals(
                195, answers.stream().filter(answer -> answer.status() == 409).count());
        person.verify(challenge, right).expectProblem(409, "challenge_closed");
    }

    @Test
    void oneRightCodeSentManyTimesApprovesOnce() {
        var challenge = person.challenge();
        var code = person.code(challenge);
        var answers = Burst.of(100, number -> person.verify(number % 2 == 0 ? api : other, challenge, code));

        assertEquals(
                1, answers.stream().filter(answer -> answer.status() == 200).count());
        assertTrue(answers.stream().allMatch(answer -> List.of(200, 409, 422).contains(answer.status())));
    }

    /** RULES E1. */
    @Test
    void nextCodeHasToWait() {
        var challenge = person.challenge();
        person.send(challenge).expect(202);
        var refused = person.sendAgain(challenge).expectProblem(429, "too_many_sends");
        int wait = Integer.parseInt(refused.header("Retry-After").orElseThrow());

        assertTrue(wait > 20 && wait <= 30, () -> "Retry-After: " + wait);
    }

    /** RULES H3. */
    @Test
    void repeatedCallSendsOnce() {
        var challenge = person.challenge();
        person.nothingWasSent(challenge);
        int before = person.messages().size();
        var once = api.with("Idempotency-Key", UUID.randomUUID().toString());
        var path = "/v1/challenges/" + challenge + "/send";
        var first = once.post(path, Map.of("factor", person.factor())).expect(202);
        var again = once.post(path, Map.of("factor", person.factor())).expect(202);

        assertEquals(first.text("resend_after"), again.text("resend_after"));
        assertEquals(before + 1, person.codes(before + 1).size());
    }

    /** No application and no other subject reaches it. */
    @Test
    void challengeOfAnotherIsNotFound() {
        var challenge = person.challenge();
        var path = "/v1/challenges/" + challenge + "/send";
        postern.api(SeededClient.OTHER_ADMIN, 0)
                .post(path, Map.of("factor", person.factor()))
                .expectProblem(404, "not_found");
        api.post(path, Map.of("factor", person.factor(), "subject", "somebody-else"))
                .expectProblem(404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"recovery_code", "nothing", "00000000-0000-0000-0000-000000000000"})
    void onlyFactorsWhoseCodesAreSentGetOne(String factor) {
        api.post("/v1/challenges/" + person.challenge() + "/send", Map.of("factor", factor))
                .expectProblem(409, "factor_unavailable");
    }

    /** RULES B5: nothing goes to a factor that was removed since. */
    @Test
    void challengeOfAnOlderVersionSendsNothing() {
        var challenge = person.challenge();
        Sql.on(postern).change("update subject set version = version + 1 where external_id = ?", person.subject());
        person.send(challenge).expectProblem(409, "challenge_closed");
    }

    @Test
    void lockedFactorGetsNoCode() {
        var challenge = person.challenge();
        Sql.on(postern).change("update factor set locked_at = now() where id = ?::uuid", person.factor());
        person.send(challenge).expectProblem(409, "challenge_closed");
        var later = person.challenge();
        person.send(later).expectProblem(409, "factor_unavailable");
    }

    private JsonNode option(String challenge) {
        Answer view = api.get("/v1/challenges/" + challenge).expect(200);
        for (var option : view.json().path("factors")) {
            if (person.factor().equals(option.path("id").textValue())) {
                return option;
            }
        }
        throw new AssertionError("No such factor in " + view);
    }

    private void move(String from, String field, String to, String newField) {
        var stored = String.valueOf(postern.redis().command("HGET", key(from), field));
        postern.redis().command("HSET", key(to), newField, stored);
    }

    private static String key(String challenge) {
        return "postern:{" + challenge.substring(0, 22) + "}:challenge:" + challenge.substring(22);
    }

    /** Another mail address of the person; its id. */
    private String secondFactor() {
        var proven = api.with("X-Verification-Token", person.proof("add_factor"));
        var address = Correspondent.newAddress();
        var pending =
                Correspondent.begin(proven, person.path(), "email", address).expect(201);
        var code = Correspondent.codes(postern, address, 1).getFirst();
        proven.post(person.path() + "/factors/" + pending.text("id") + "/activate", Map.of("code", code))
                .expect(200);
        return pending.text("id");
    }

    private static void assertSeconds(long expected, Instant from, String until) {
        long seconds = Duration.between(from, Instant.parse(until)).toSeconds();
        assertTrue(seconds >= expected - 1 && seconds <= expected + 5, () -> seconds + " s, expected " + expected);
    }
}
