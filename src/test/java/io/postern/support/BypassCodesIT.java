package io.postern.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Correspondent;
import io.postern.harness.Forger;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.SecondApp;
import io.postern.harness.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RULES F4, A1, A2: a code of the help desk lets a person in once, and proves little. */
final class BypassCodesIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api other = postern.api(SeededClient.DEMO_ADMIN, 1);
    private final Sql sql = Sql.on(postern);
    private final Desk desk = Desk.of(postern, "desk-" + UUID.randomUUID(), 0);
    private final Desk second = Desk.of(postern, "desk-" + UUID.randomUUID(), 1);
    private final Person person = Person.enrolled(postern, api);

    private boolean policyChanged;

    @AfterEach
    void leaveThePolicyAsItWas() {
        if (policyChanged) {
            policy(Map.of());
        }
    }

    private void policy(Map<String, ?> policy) {
        policyChanged = true;
        desk.api().with("If-Match", "*").put("/v1/policy", policy).expect(200);
    }

    @Test
    void codeSignsInOnceAsWhatItIs() {
        var code = desk.code(person).text("code");
        assertTrue(code.matches("([2-9A-HJKMNP-TV-Z]{4}-){2}[2-9A-HJKMNP-TV-Z]{4}"), code);
        var challenge = person.challenge();
        var options = api.get("/v1/challenges/" + challenge).expect(200).json().path("factors");
        var last = options.get(options.size() - 1);
        assertEquals("bypass_code", last.path("id").textValue());
        assertTrue(last.path("available").booleanValue());

        var approved = verify(api, challenge, code, true).expect(200);

        var claims = Forger.claims(approved.text("verification_token"));
        assertEquals(List.of("support"), claims.get("amr"));
        assertEquals("urn:postern:level:1", claims.get("acr"));
        assertTrue(approved.json().path("device_token").isMissingNode(), approved::body);
        assertTrue(approved.json().path("recovery_codes_left").isMissingNode(), approved::body);
        verify(other, person.challenge(), code, false).expectProblem(409, "factor_unavailable");
    }

    @Test
    void codeIsReadAsPeopleTypeIt() {
        var code = desk.code(person).text("code");
        verify(api, person.challenge(), code.toLowerCase(Locale.ROOT).replace('-', ' '), false)
                .expect(200);
    }

    /** One code, many challenges, two copies. */
    @Test
    void codeSentManyTimesAtOnceApprovesOnce() {
        var code = desk.code(person).text("code");
        var challenges = new ArrayList<String>();
        for (int i = 0; i < 8; i++) {
            challenges.add(person.challenge());
        }
        var answers = Burst.of(8, number -> verify(number % 2 == 0 ? api : other, challenges.get(number), code, false));
        assertEquals(
                1, answers.stream().filter(answer -> answer.status() == 200).count());
    }

    @Test
    void codeEndsWithItsTimeInOpenChallengesToo() {
        var made = desk.call(person, "/bypass-codes", Map.of("minutes", 60)).expect(201);
        var end = Instant.parse(made.text("expires_at"));
        assertFalse(end.isAfter(Instant.now().plus(Duration.ofMinutes(61))), made::body);
        var open = person.challenge();

        sql.change("update factor set good_until = now() - interval '1 second' where id = ?::uuid", made.text("id"));

        verify(api, open, made.text("code"), false).expectProblem(409, "challenge_closed");
        assertFalse(isOffered());
        var shown = desk.call(person, "/look-up").expect(200).json();
        assertTrue(shown.path("bypass_code").isMissingNode());
    }

    @Test
    void noneIsGoodForMoreThanAnHour() {
        for (var minutes : List.of(0, 61, -1, 1_000_000)) {
            desk.call(person, "/bypass-codes", Map.of("minutes", minutes)).expectProblem(400, "malformed_request");
        }
        var usual = Instant.parse(desk.code(person).text("expires_at"));
        assertTrue(usual.isAfter(Instant.now().plus(Duration.ofMinutes(13))));
        assertTrue(usual.isBefore(Instant.now().plus(Duration.ofMinutes(17))));
    }

    /** RULES F3: whatever raises the subject's version. */
    @Test
    void codeEndsWithAnyChangeOfFactors() {
        desk.code(person);
        assertTrue(isOffered());
        SecondApp.of(person, api);
        assertFalse(isOffered());

        desk.code(person);
        assertTrue(isOffered());
        person.with(person.proof("new_recovery_codes"))
                .post(person.path("/recovery-codes"))
                .expect(201);
        assertFalse(isOffered());
    }

    @Test
    void anotherCodeTakesTheFirstOnesPlace() {
        var first = desk.code(person).text("code");
        var open = person.challenge();
        var next = second.code(person).text("code");
        assertNotEquals(first, next);
        assertEquals(
                1,
                sql.number(
                        "select count(*) from factor f join subject s on s.id = f.subject_id"
                                + " where s.external_id = ? and f.type = 'bypass_code'",
                        person.subject()));
        verify(api, open, first, false).expectProblem(409, "challenge_closed");
        verify(api, person.challenge(), first, false).expectProblem(422, "invalid_code");
        verify(api, person.challenge(), next, false).expect(200);
    }

    @Test
    void codesAskedForAtOnceLeaveOneThatIsGood() {
        var made = Burst.of(6, number -> (number % 2 == 0 ? desk : second).call(person, "/bypass-codes"));
        made.forEach(answer -> answer.expect(201));
        var good = made.stream()
                .filter(answer -> verify(api, person.challenge(), answer.text("code"), false)
                                .status()
                        == 200)
                .count();
        assertEquals(1, good);
    }

    /** RULES B5, B7, D2: counted before it is compared, in the challenge and in the hour. */
    @Test
    void triesAreCounted() {
        desk.code(person);
        var challenge = person.challenge();
        for (int left = 4; left >= 0; left--) {
            var wrong = verify(api, challenge, "2222-2222-2222", false).expectProblem(422, "invalid_code");
            assertEquals(left, wrong.json().path("attempts_remaining").intValue());
        }
        verify(api, challenge, "2222-2222-2222", false).expectProblem(409, "challenge_closed");
        for (int i = 0; i < 5; i++) {
            verify(other, person.challenge(), "2222-2222-2222", false).expectProblem(422, "invalid_code");
        }
        var right = second.code(person).text("code");
        verify(api, person.challenge(), right, false).expectProblem(429, "too_many_attempts");
    }

    /** RULES D2: somebody who guesses the app's codes does not keep the help desk from helping. */
    @Test
    void delayOfOtherFactorsDoesNotDelayIt() {
        var code = desk.code(person).text("code");
        for (int i = 0; i < 10; i++) {
            person.verify(person.challenge(), person.wrongCode()).expectProblem(422, "invalid_code");
        }
        verify(api, person.challenge(), code, false).expect(200);
    }

    /** RULES F1, F2: it is no recovery code, which may stand for any level. */
    @Test
    void codeProvesNoChangeAboveItsLevel() {
        for (var change : List.of("remove_factor", "disable", "new_recovery_codes", "add_factor")) {
            var proof = proof(person, change);
            var with = api.with("X-Verification-Token", proof);
            var answer = switch (change) {
                case "remove_factor" -> with.delete(person.path("/factors/" + person.factor()));
                case "disable" -> with.post(person.path("/disable"));
                case "new_recovery_codes" -> with.post(person.path("/recovery-codes"));
                default -> with.post(person.path("/factors"), Map.of("type", "totp"));
            };
            answer.expectProblem(403, "verification_required");
        }
        assertEquals("on", api.get(person.path()).expect(200).text("two_factor"));
    }

    private String proof(Person whose, String action) {
        var code = desk.code(whose).text("code");
        var stepUp = whose.challenge(Map.of("purpose", "step_up", "action", action))
                .expect(201)
                .text("id");
        return verify(api, stepUp, code, false).expect(200).text("verification_token");
    }

    @Test
    void higherLevelIsNotReached() {
        desk.code(person);
        var challenge = person.challenge(Map.of("purpose", "sign_in", "acr", "urn:postern:level:2"))
                .expect(201);
        var offered = option(challenge.json().path("factors"));
        assertFalse(offered.path("available").booleanValue());
        assertEquals("below_level", offered.path("reason").textValue());
        verify(api, challenge.text("id"), "2222-2222-2222", false).expectProblem(409, "factor_unavailable");

        policy(Map.of("least_level", Map.of("sign_in", "urn:postern:level:2")));
        desk.call(person, "/bypass-codes").expectProblem(422, "factor_not_allowed");
    }

    @Test
    void personWithTwoFactorOffNeedsNone() {
        var registered = Person.registered(postern, api);
        desk.call(registered, "/bypass-codes").expectProblem(409, "two_factor_off");
        api.post(registered.path("/factors"), Map.of("type", "bypass_code")).expect(400);
        desk.api()
                .with("If-Match", "*")
                .put("/v1/policy", Map.of("allowed_factors", List.of("totp", "bypass_code")))
                .expectProblem(400, "malformed_request");
    }

    /** RULES H3. */
    @Test
    void codeIsShownOnceWhateverIsRepeated() {
        var key = UUID.randomUUID().toString();
        var made = desk.once(key, person, "/bypass-codes", Map.of()).expect(201);
        assertEquals("no-store", made.header("Cache-Control").orElseThrow());
        var code = made.text("code");
        desk.once(key, person, "/bypass-codes", Map.of()).expectProblem(409, "already_done");
        verify(api, person.challenge(), code, false).expect(200);
    }

    /** RULES F5. */
    @Test
    void personIsToldOfItsMakingAndItsUse() {
        var email = Correspondent.newAddress();
        var former = Correspondent.newAddress();
        for (var address : List.of(former, email)) {
            person.with(person.proof("change_email"))
                    .put(person.path(), Map.of("email", address, "locale", "en"))
                    .expect(200);
        }
        var code = desk.code(person).text("code");
        told(former, "was given a code");
        told(email, "was given a code");

        verify(api, person.challenge(), code, false).expect(200);

        told(former, "signed in to your account");
        told(email, "signed in to your account");
        assertTrue(postern.mail().mailsTo(email).stream()
                .noneMatch(mail -> mail.text().contains(code)));
    }

    @Test
    void codeThatNeedsApprovalIsDrawnBySomebodyElse() {
        policy(Map.of("bypass_needs_approval", true));
        var key = UUID.randomUUID().toString();
        var asked =
                desk.once(key, person, "/bypass-codes", Map.of("minutes", 5)).expect(202);
        assertEquals("awaiting_approval", asked.text("status"));
        assertTrue(asked.json().path("code").isMissingNode(), asked::body);
        assertFalse(isOffered());
        assertEquals(
                asked.text("id"),
                desk.once(key, person, "/bypass-codes", Map.of("minutes", 5))
                        .expect(202)
                        .text("id"));
        var approve = "/bypass-codes/" + asked.text("id") + "/approve";
        desk.call(person, approve).expectProblem(403, "own_request");

        var drawn = second.call(person, approve).expect(201);

        var end = Instant.parse(drawn.text("expires_at"));
        assertTrue(end.isBefore(Instant.now().plus(Duration.ofMinutes(6))), drawn::body);
        verify(api, person.challenge(), drawn.text("code"), false).expect(200);
        second.call(person, approve).expectProblem(404, "not_found");
        assertEquals(
                List.of(desk.actor() + " bypass_code_requested", second.actor() + " bypass_code_made"),
                sql.texts(
                        "select a.actor || ' ' || a.type from audit_event a join subject s on s.id = a.subject_id"
                                + " where s.external_id = ? and a.actor is not null order by a.id",
                        person.subject()));
    }

    @Test
    void approvalsAtOnceDrawOneCode() {
        policy(Map.of("bypass_needs_approval", true));
        var asked = desk.call(person, "/bypass-codes").expect(202);
        var third = Desk.of(postern, "desk-" + UUID.randomUUID(), 0);
        var approve = "/bypass-codes/" + asked.text("id") + "/approve";
        var answers = Burst.of(6, number -> (number % 2 == 0 ? second : third).call(person, approve));
        assertEquals(
                1, answers.stream().filter(answer -> answer.status() == 201).count());
        assertEquals(
                5, answers.stream().filter(answer -> answer.status() == 404).count());
    }

    @Test
    void requestEndsWithItsTimeAndWithAnyChange() {
        policy(Map.of("bypass_needs_approval", true));
        var late = desk.call(person, "/bypass-codes").expect(202).text("id");
        sql.change("update bypass_request set expires_at = now() - interval '1 second' where id = ?::uuid", late);
        second.call(person, "/bypass-codes/" + late + "/approve").expectProblem(404, "not_found");

        var overtaken = desk.call(person, "/bypass-codes").expect(202).text("id");
        SecondApp.of(person, api);
        second.call(person, "/bypass-codes/" + overtaken + "/approve").expectProblem(404, "not_found");

        var anothers = desk.call(person, "/bypass-codes").expect(202).text("id");
        var stranger = Person.enrolled(postern, api);
        second.call(stranger, "/bypass-codes/" + anothers + "/approve").expectProblem(404, "not_found");
    }

    private boolean isOffered() {
        var challenge = person.challenge(api, Map.of("purpose", "sign_in")).expect(201);
        return !option(challenge.json().path("factors")).isMissingNode();
    }

    private static JsonNode option(JsonNode factors) {
        return StreamSupport.stream(factors.spliterator(), false)
                .filter(factor -> factor.path("type").asText().equals("bypass_code"))
                .findFirst()
                .orElseGet(() -> factors.path("none"));
    }

    private static Answer verify(Api through, String challenge, String code, boolean remember) {
        var body = new HashMap<String, Object>(Map.of("factor", "bypass_code", "code", code));
        if (remember) {
            body.put("remember_device", true);
        }
        return through.post("/v1/challenges/" + challenge + "/verify", body);
    }

    private void told(String address, String words) {
        Await.until(
                SOON,
                "told " + words,
                () -> postern.mail().mailsTo(address).stream()
                        .anyMatch(mail -> mail.text().contains(words)));
    }
}
