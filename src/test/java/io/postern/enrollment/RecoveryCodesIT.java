package io.postern.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Forger;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.SecondApp;
import io.postern.harness.Sql;
import io.postern.harness.Totp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** RULES C3, D2, F2. */
final class RecoveryCodesIT {

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api other = postern.api(SeededClient.DEMO_ADMIN, 1);
    private final Sql sql = Sql.on(postern);
    private final Person person = Person.registered(postern, api);
    private final List<String> codes = texts(person.enroll());

    @Test
    void tenCodesComeWithTheFirstFactorAndOnlyWithIt() {
        assertEquals(10, new HashSet<>(codes).size());
        for (var code : codes) {
            // 20 of 30 characters: four of them public, 78 bits secret
            assertTrue(code.matches("([2-9A-HJKMNP-TV-Z]{5}-){3}[2-9A-HJKMNP-TV-Z]{5}"), code);
        }
        assertEquals(
                10, codes.stream().map(code -> code.substring(0, 4)).distinct().count());
        var proven = person.with(person.proof("add_factor"));
        var pending =
                proven.post(person.path("/factors"), Map.of("type", "totp")).expect(201);
        var second = proven.post(
                        person.path("/factors/" + pending.text("id") + "/activate"),
                        Map.of("code", Totp.codeAt(pending.text("secret"), Instant.now())))
                .expect(200);
        assertTrue(second.json().path("recovery_codes").isMissingNode());
    }

    @Test
    void codeSignsInOnce() {
        var token = verify(api, person.challenge(), codes.getFirst()).expect(200);
        var claims = Forger.claims(token.text("verification_token"));

        assertEquals(List.of("recovery", "mfa"), claims.get("amr"));
        assertEquals("urn:postern:level:2", claims.get("acr"));
        assertEquals(9, token.json().path("recovery_codes_left").intValue());
        assertEquals(9, state().json().path("recovery_codes_left").intValue());
        verify(other, person.challenge(), codes.getFirst()).expectProblem(422, "invalid_code");
        verify(other, person.challenge(), codes.get(1)).expect(200);
    }

    @Test
    void codeIsReadAsPeopleTypeIt() {
        verify(api, person.challenge(), codes.get(0).toLowerCase(Locale.ROOT).replace('-', ' '))
                .expect(200);
        verify(api, person.challenge(), codes.get(1).replace("-", "")).expect(200);
    }

    @Test
    void challengeOffersTheCodesByTheirTypeAndLast() {
        SecondApp.of(person, api);
        var options = api.get("/v1/challenges/" + person.challenge())
                .expect(200)
                .json()
                .path("factors");
        var last = options.get(options.size() - 1);

        assertEquals("recovery_code", last.path("id").textValue());
        assertEquals("recovery_code", last.path("type").textValue());
        assertTrue(last.path("available").booleanValue());
        assertFalse(last.path("default").booleanValue());
    }

    /** One code, many challenges, two copies. */
    @Test
    void codeSentManyTimesAtOnceApprovesOnce() {
        var challenges = new ArrayList<String>();
        for (int i = 0; i < 8; i++) {
            challenges.add(person.challenge());
        }
        var answers =
                Burst.of(8, number -> verify(number % 2 == 0 ? api : other, challenges.get(number), codes.getFirst()));

        assertEquals(
                1, answers.stream().filter(answer -> answer.status() == 200).count());
        assertEquals(9, state().json().path("recovery_codes_left").intValue());
    }

    /** RULES D2: ten an hour, over all challenges and copies, right or wrong. */
    @Test
    void tenTriesAnHourAreCompared() {
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < 12; i++) {
            statuses.add(verify(i % 2 == 0 ? api : other, person.challenge(), wrong(codes.getFirst()))
                    .status());
        }
        assertEquals(10, statuses.stream().filter(status -> status == 422).count());
        assertEquals(List.of(429, 429), statuses.subList(10, 12));
        var challenge = person.challenge();
        var delayed = verify(api, challenge, codes.getFirst()).expectProblem(429, "too_many_attempts");
        assertTrue(Integer.parseInt(delayed.header("Retry-After").orElseThrow()) > 3_000);
        postern.redis().command("DEL", "postern:{" + challenge.substring(0, 22) + "}:recovery");
        verify(api, challenge, codes.getFirst()).expect(200);
    }

    @Test
    void triesAtOnceOverBothCopiesAreTenToo() {
        var challenges = new ArrayList<String>();
        for (int i = 0; i < 30; i++) {
            challenges.add(person.challenge());
        }
        var answers = Burst.of(
                30, number -> verify(number % 2 == 0 ? api : other, challenges.get(number), wrong(codes.getFirst())));
        assertEquals(
                10, answers.stream().filter(answer -> answer.status() == 422).count());
        assertEquals(
                20, answers.stream().filter(answer -> answer.status() == 429).count());
    }

    /** RULES D2: somebody who guesses the app's codes does not lock the person out. */
    @Test
    void delayOfOtherFactorsDoesNotDelayThem() {
        for (int i = 0; i < 10; i++) {
            person.verify(person.challenge(), person.wrongCode()).expectProblem(422, "invalid_code");
        }
        var open = person.challenge();
        person.verify(open, person.code()).expectProblem(429, "too_many_attempts");
        verify(api, open, codes.getFirst()).expect(200);
    }

    /** RULES D2: what names no code does not bring the set nearer to its lock. */
    @Test
    void onlyTriesAtALiveCodeCountTowardTheLock() {
        verify(api, person.challenge(), "22222-22222-22222-22222").expectProblem(422, "invalid_code");
        verify(api, person.challenge(), "x").expectProblem(422, "invalid_code");
        assertEquals(0, failures());
        verify(api, person.challenge(), wrong(codes.getFirst())).expectProblem(422, "invalid_code");
        assertEquals(1, failures());
    }

    /** RULES C3: they are never the last factor. */
    @Test
    void theyGoWithTheLastOtherFactor() {
        person.with(person.proof("remove_factor"))
                .delete(person.path("/factors/" + person.factor()))
                .expect(204);

        var state = state();
        assertEquals("off", state.text("two_factor"));
        assertTrue(state.json().path("recovery_codes_left").isMissingNode());
        assertEquals(0, rows());
        assertEquals(
                "not_enrolled",
                person.challenge(api, Map.of("purpose", "sign_in")).text("status"));
    }

    @Test
    void theyGoWhenTwoFactorIsTurnedOff() {
        person.with(person.proof("disable")).post(person.path("/disable")).expect(204);
        assertEquals(0, rows());
    }

    /** RULES F2: a recovery code may stand for what was lost. */
    @Test
    void codeIsAProofToRemoveWhatWasLost() {
        var phone = person.factor();
        SecondApp.of(person, api);
        var challenge = person.challenge(api, Map.of("purpose", "step_up", "action", "remove_factor"))
                .expect(201)
                .text("id");
        var proof = verify(api, challenge, codes.getFirst()).expect(200).text("verification_token");
        person.with(proof).delete(person.path("/factors/" + phone)).expect(204);
    }

    @Test
    void newCodesNeedAProofAndEndTheOldOnes() {
        var path = person.path("/recovery-codes");
        api.post(path).expectProblem(403, "verification_required");
        var open = person.challenge();
        var proof = person.proof("new_recovery_codes");
        var renewed = texts(person.with(proof).post(path).expect(201));

        assertEquals(10, renewed.size());
        assertTrue(renewed.stream().noneMatch(codes::contains));
        person.with(proof).post(path).expectProblem(403, "verification_required");
        verify(api, open, codes.getFirst()).expectProblem(409, "challenge_closed");
        verify(api, person.challenge(), codes.getFirst()).expectProblem(422, "invalid_code");
        verify(api, person.challenge(), renewed.getFirst()).expect(200);
        assertEquals(1, rows());
    }

    /** RULES H3: codes are not shown again. */
    @Test
    void repeatedCallShowsNoCodes() {
        var once = person.with(person.proof("new_recovery_codes"))
                .with("Idempotency-Key", UUID.randomUUID().toString());
        once.post(person.path("/recovery-codes")).expect(201);
        once.post(person.path("/recovery-codes")).expectProblem(409, "already_done");
    }

    @Test
    void codesAreConfirmedByTypingOne() {
        var path = person.path("/recovery-codes/confirm");
        assertFalse(state().json().path("recovery_codes_confirmed").booleanValue());
        api.post(path, Map.of("code", wrong(codes.getFirst()))).expectProblem(422, "invalid_code");
        assertFalse(state().json().path("recovery_codes_confirmed").booleanValue());

        api.post(path, Map.of("code", codes.getFirst())).expect(204);

        assertTrue(state().json().path("recovery_codes_confirmed").booleanValue());
        assertEquals(10, state().json().path("recovery_codes_left").intValue());
        verify(api, person.challenge(), codes.getFirst()).expect(200);
    }

    /** RULES C3: good once, here too. */
    @Test
    void spentCodeConfirmsNothing() {
        verify(api, person.challenge(), codes.getFirst()).expect(200);
        api.post(person.path("/recovery-codes/confirm"), Map.of("code", codes.getFirst()))
                .expectProblem(422, "invalid_code");
    }

    /** Confirming is no way around the ten tries an hour. */
    @Test
    void confirmationsCountAsTries() {
        var path = person.path("/recovery-codes/confirm");
        for (int i = 0; i < 10; i++) {
            api.post(path, Map.of("code", wrong(codes.getFirst()))).expectProblem(422, "invalid_code");
        }
        api.post(path, Map.of("code", codes.getFirst())).expectProblem(429, "too_many_attempts");
        verify(other, person.challenge(), codes.getFirst()).expectProblem(429, "too_many_attempts");
    }

    @Test
    void usedUpCodesAreShownAsUnavailable() {
        sql.change(
                "update factor set spent_codes = 1023 where type = 'recovery_code' and subject_id ="
                        + " (select id from subject where external_id = ?)",
                person.subject());
        var challenge = person.challenge();
        verify(api, challenge, codes.getFirst()).expectProblem(409, "factor_unavailable");
        assertEquals(0, state().json().path("recovery_codes_left").intValue());
    }

    /** RULES H4: nothing by which a code could be known is readable at rest. */
    @Test
    void storeHoldsNoCode() {
        var rows = sql.texts("select encode(secret, 'escape') from factor where type = 'recovery_code'");
        for (var code : codes) {
            assertTrue(rows.stream().noneMatch(row -> row.contains(code.substring(0, 4))));
        }
        assertNotEquals(List.of(), rows);
    }

    @Test
    void anotherApplicationsClientFindsNothing() {
        var foreign = postern.api(SeededClient.OTHER_ADMIN, 0);
        foreign.post(person.path("/recovery-codes")).expectProblem(404, "not_found");
        foreign.post(person.path("/recovery-codes/confirm"), Map.of("code", codes.getFirst()))
                .expectProblem(404, "not_found");
    }

    private Answer verify(Api through, String challenge, String code) {
        return through.post("/v1/challenges/" + challenge + "/verify", Map.of("factor", "recovery_code", "code", code));
    }

    private Answer state() {
        return api.get(person.path()).expect(200);
    }

    private long failures() {
        return sql.number(
                "select failures from factor where type = 'recovery_code' and subject_id ="
                        + " (select id from subject where external_id = ?)",
                person.subject());
    }

    private long rows() {
        return sql.number(
                "select count(*) from factor where type = 'recovery_code' and status = 'active' and subject_id ="
                        + " (select id from subject where external_id = ?)",
                person.subject());
    }

    /** Of a live prefix. */
    private static String wrong(String code) {
        char last = code.charAt(code.length() - 1);
        return code.substring(0, code.length() - 1) + (last == '2' ? '3' : '2');
    }

    private static List<String> texts(Answer answer) {
        var texts = new ArrayList<String>();
        answer.json().path("recovery_codes").forEach(code -> texts.add(code.textValue()));
        return texts;
    }
}
