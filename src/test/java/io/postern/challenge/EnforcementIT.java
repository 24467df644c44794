package io.postern.challenge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.harness.Administrator;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.Forger;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.harness.Totp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a policy asks of people: of whom, from when on, and how strong a proof. */
final class EnforcementIT {

    private static final Map<String, Object> SIGN_IN = Map.of("purpose", "sign_in");

    private final Postern postern = Postern.shared();
    private final Administrator administrator = Administrator.ofNewApplication(postern);
    private final Api api = administrator.api(0);
    private final Api other = administrator.api(1);

    @Test
    void beforeItsDateThePolicyAsksAndFromThenOnItRequires() {
        var person = Person.registered(postern, api);
        var end = Instant.now().plus(90, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MILLIS);
        requiredFrom(end);
        for (var through : List.of(api, other)) {
            var asked = person.challenge(through, SIGN_IN).expect(200);
            assertEquals("enrollment_required", asked.text("status"));
            assertEquals(end.toString(), asked.text("grace_until"));
        }

        requiredFrom(Instant.now().minus(1, ChronoUnit.SECONDS)); // as if the ninety days had passed
        for (var through : List.of(api, other)) {
            var required = person.challenge(through, SIGN_IN).expect(200);
            assertEquals("enrollment_required", required.text("status"));
            assertTrue(required.json().path("grace_until").isMissingNode());
        }

        person.enroll();
        person.challenge(other, SIGN_IN).expect(201);
    }

    @Test
    void onlyTheEnforcedRolesAreAsked() {
        var person = Person.registered(postern, api);
        put(Map.of("enforcement", "required", "enforced_roles", List.of("administrator", "editor")));

        assertEquals("enrollment_required", status(person, List.of("editor")));
        assertEquals("enrollment_required", status(person, List.of("viewer", "administrator")));
        assertEquals("not_enrolled", status(person, List.of("viewer")));
        assertEquals("not_enrolled", status(person, List.of("Editor")), "compared character by character");
        assertEquals("not_enrolled", status(person, List.of()));
        assertEquals(
                "enrollment_required",
                person.challenge(api, SIGN_IN).expect(200).text("status"),
                "who does not say the roles is not excused by that");

        put(Map.of("enforcement", "required"));
        assertEquals("enrollment_required", status(person, List.of("viewer")));
    }

    @Test
    void rolesHaveBounds() {
        var person = Person.registered(postern, api);
        status(person, IntStream.range(0, 100).mapToObj(i -> "role " + i).toList());
        for (var roles : List.of(
                IntStream.range(0, 101).mapToObj(i -> "role " + i).toList(),
                List.of("x".repeat(65)),
                List.of(""),
                List.of("a\u0000"))) {
            var refused = person.challenge(api, Map.of("purpose", "sign_in", "roles", roles))
                    .expectProblem(400, "malformed_request");
            assertEquals("roles", refused.json().at("/errors/0/field").textValue());
        }
    }

    /** RULES B4: a creation may ask for more than the policy, never for less. */
    @Test
    void leastLevelOfThePolicyHoldsWhateverIsAsked() {
        var person = Person.enrolled(postern, api);
        addMailbox(person);
        put(Map.of("least_level", Map.of("sign_in", "urn:postern:level:2")));

        for (var acr : List.of("", "urn:postern:level:0", "urn:postern:level:1", "urn:postern:level:2")) {
            var pending = ask(person, acr).expect(201);
            assertEquals("totp", firstAvailable(pending), acr);
            assertEquals("below_level", reason(pending, "email"), acr);
            refuse(pending, factor(pending, "email"));
        }
        var higher = ask(person, "urn:postern:level:3").expect(201);
        assertEquals("below_level", reason(higher, "totp"));
        assertEquals("below_level", reason(higher, "recovery_code"));

        put(Map.of("least_level", Map.of("step_up", "urn:postern:level:2")));
        assertEquals("none", reason(ask(person, "").expect(201), "email"), "of the other purpose only");
        var stepUp = person.challenge(other, Map.of("purpose", "step_up", "action", "disable"))
                .expect(201);
        assertEquals("below_level", reason(stepUp, "email"));
    }

    /** RULES B2: who has only what is too weak is asked still, and may add what is strong enough. */
    @Test
    void personBelowTheLeastLevelCanAddAStrongerFactor() {
        var mail = Correspondent.byMail(postern, api);
        put(Map.of("least_level", Map.of("sign_in", "urn:postern:level:2", "step_up", "urn:postern:level:2")));
        spend(mail.subject());

        var signIn = challenge(mail.subject(), Map.of("purpose", "sign_in")).expect(201);
        assertEquals("pending", signIn.text("status"));
        assertEquals("below_level", reason(signIn, "email"));
        assertEquals("used_up", reason(signIn, "recovery_code"));
        var disabling = challenge(mail.subject(), Map.of("purpose", "step_up", "action", "disable"))
                .expect(201);
        assertEquals("below_level", reason(disabling, "email"));

        var adding = challenge(mail.subject(), Map.of("purpose", "step_up", "action", "add_factor"))
                .expect(201);
        assertEquals("none", reason(adding, "email"));
        var asked = challenge(
                        mail.subject(),
                        Map.of("purpose", "step_up", "action", "add_factor", "acr", "urn:postern:level:2"))
                .expect(201);
        assertEquals("below_level", reason(asked, "email"), "what the caller asks for holds");

        var proven = other.with("X-Verification-Token", mail.proof("add_factor"));
        var pending =
                proven.post(mail.path() + "/factors", Map.of("type", "totp")).expect(201);
        var code = Totp.codeAt(pending.text("secret"), Instant.now());
        proven.post(mail.path() + "/factors/" + pending.text("id") + "/activate", Map.of("code", code))
                .expect(200);
        var stronger = challenge(mail.subject(), Map.of("purpose", "sign_in")).expect(201);
        assertEquals("totp", firstAvailable(stronger));
        var again = challenge(mail.subject(), Map.of("purpose", "step_up", "action", "add_factor"))
                .expect(201);
        assertEquals("below_level", reason(again, "email"), "the weaker one is not needed any more");
    }

    @Test
    void factorsSayWhyTheyCannotBeUsed() {
        var person = Person.enrolled(postern, api);
        addMailbox(person);
        Sql.on(postern).change("update factor set locked_at = now() where id = ?::uuid", person.factor());
        put(Map.of("allowed_factors", List.of("totp")));

        var pending = person.challenge(other, SIGN_IN).expect(201);

        assertEquals("locked", reason(pending, "totp"));
        assertEquals("not_allowed", reason(pending, "email"));
        assertEquals("not_allowed", reason(pending, "recovery_code"));
        var again = other.get("/v1/challenges/" + pending.text("id")).expect(200);
        assertEquals("locked", reason(again, "totp"));
        Sql.on(postern).change("update factor set secret = 'x' where id = ?::uuid", person.factor());
        assertEquals("unreadable", reason(person.challenge(other, SIGN_IN).expect(201), "totp"));
    }

    /** RULES F1 */
    @Test
    void proofOfAChangeIsAsFreshAsThePolicySays() {
        var person = Person.enrolled(postern, api);
        put(Map.of("maximum_age", 60));
        assertEquals(
                60,
                api.post(person.path("/disable"))
                        .expectProblem(403, "verification_required")
                        .json()
                        .path("max_age")
                        .intValue());
        var forger = Forger.with(postern.keys().verification());
        var old = forger.again(person.proof("disable"), claims -> claims.put("auth_time", ago(62)));
        person.with(old).post(person.path("/disable")).expectProblem(403, "verification_required");

        var fresh = forger.again(person.proof("disable"), claims -> claims.put("auth_time", ago(40)));
        person.with(fresh).post(person.path("/disable")).expect(204);
    }

    private static long ago(int seconds) {
        return Instant.now().getEpochSecond() - seconds;
    }

    private void addMailbox(Person person) {
        var address = Correspondent.newAddress();
        var proven = person.with(person.proof("add_factor"));
        var pending =
                Correspondent.begin(proven, person.path(), "email", address).expect(201);
        var code = Correspondent.codes(postern, address, 1).getFirst();
        proven.post(person.path("/factors/" + pending.text("id") + "/activate"), Map.of("code", code))
                .expect(200);
    }

    /** As if all recovery codes had been used. */
    private void spend(String subject) {
        Sql.on(postern)
                .change(
                        "update factor set spent_codes = 1023 where type = 'recovery_code' and subject_id ="
                                + " (select id from subject where external_id = ?)",
                        subject);
    }

    private void requiredFrom(Instant date) {
        put(Map.of("enforcement", "required_from", "required_from", date.toString()));
    }

    private void put(Map<String, ?> policy) {
        api.with("If-Match", "*").put("/v1/policy", policy).expect(200);
    }

    private String status(Person person, List<String> roles) {
        return person.challenge(other, Map.of("purpose", "sign_in", "roles", roles))
                .expect(200)
                .text("status");
    }

    private Answer ask(Person person, String acr) {
        return person.challenge(other, acr.isEmpty() ? SIGN_IN : Map.of("purpose", "sign_in", "acr", acr));
    }

    private Answer challenge(String subject, Map<String, ?> members) {
        var body = new HashMap<String, Object>(members);
        body.put("subject", subject);
        return other.post("/v1/challenges", body);
    }

    private void refuse(Answer pending, String factor) {
        var path = "/v1/challenges/" + pending.text("id");
        api.post(path + "/verify", Map.of("factor", factor, "code", "123456")).expectProblem(409, "factor_unavailable");
        api.post(path + "/send", Map.of("factor", factor)).expectProblem(409, "factor_unavailable");
    }

    private static String firstAvailable(Answer pending) {
        return pending.json()
                .path("factors")
                .valueStream()
                .filter(factor -> factor.path("available").booleanValue())
                .map(factor -> factor.path("type").textValue())
                .findFirst()
                .orElse("none");
    }

    private static String factor(Answer pending, String type) {
        return of(pending, type).path("id").textValue();
    }

    /** Why the factor of a type is not available; none where it is. */
    private static String reason(Answer pending, String type) {
        var factor = of(pending, type);
        assertEquals(
                factor.path("reason").isMissingNode(), factor.path("available").booleanValue());
        return factor.path("reason").isMissingNode()
                ? "none"
                : factor.path("reason").textValue();
    }

    private static JsonNode of(Answer pending, String type) {
        return pending.json()
                .path("factors")
                .valueStream()
                .filter(factor -> factor.path("type").textValue().equals(type))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + type + " in " + pending));
    }
}
