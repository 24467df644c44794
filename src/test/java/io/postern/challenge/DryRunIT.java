package io.postern.challenge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.postern.crypto.KeyRing;
import io.postern.crypto.KeyedHash;
import io.postern.harness.Administrator;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.subject.SlotTags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The dry run decides as the creation does, says why, and leaves nothing behind. */
final class DryRunIT {

    private static final String DRY_RUN = "/v1/policy/dry-run";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Postern postern = Postern.shared();
    private final Administrator administrator = Administrator.ofNewApplication(postern);
    private final Api api = administrator.api(0);
    private final Api other = administrator.api(1);

    private final Person off = Person.registered(postern, api);
    private final Person app = Person.enrolled(postern, api);
    private final Person locked = lockedPerson();
    private final Correspondent mail = Correspondent.byMail(postern, api);

    /** Over all policies, people and wishes: what it says is what the creation then does. */
    @Test
    void creationDoesWhatTheDryRunSaid() {
        var seen = new TreeSet<String>();
        for (var policy : policies()) {
            for (var wish : wishes()) {
                for (var subject : List.of(off.subject(), app.subject(), locked.subject(), mail.subject())) {
                    var body = new HashMap<String, Object>(wish);
                    body.put("subject", subject);
                    var proposed = new HashMap<>(body);
                    proposed.put("policy", policy);
                    put(Map.of()); // what is stored has no part in what is proposed
                    var foretold = other.post(DRY_RUN, proposed).expect(200);
                    put(policy);
                    assertEquals(
                            foretold.body(), api.post(DRY_RUN, body).expect(200).body());

                    var real = other.post("/v1/challenges", body);

                    assertEquals(comparable(real), comparable(foretold), () -> proposed + ": " + foretold);
                    foretold.json().path("reasons").forEach(reason -> seen.add(reason.textValue()));
                    foretold.json().findValues("reason").forEach(reason -> seen.add("factor " + reason.textValue()));
                }
            }
        }
        assertEquals(
                new TreeSet<>(List.of(
                        "two_factor_off",
                        "two_factor_on",
                        "enforcement_optional",
                        "other_roles",
                        "roles_unknown",
                        "grace_period",
                        "enforced",
                        "level_asked",
                        "level_of_policy",
                        "level_of_factors",
                        "no_factor_available",
                        "factor locked",
                        "factor not_allowed",
                        "factor below_level")),
                seen,
                "each reason has a case");
    }

    private static List<Map<String, Object>> policies() {
        return List.of(
                Map.of(),
                Map.of("enforcement", "required"),
                Map.of("enforcement", "required", "enforced_roles", List.of("editor")),
                Map.of("enforcement", "required_from", "required_from", "2999-01-01T00:00:00Z"),
                Map.of("enforcement", "required_from", "required_from", "2001-01-01T00:00:00Z"),
                Map.of("allowed_factors", List.of("sms")),
                Map.of("remembered_days", 0),
                Map.of("least_level", Map.of("sign_in", "urn:postern:level:2")),
                Map.of("least_level", Map.of("step_up", "urn:postern:level:2")));
    }

    private static List<Map<String, Object>> wishes() {
        return List.of(
                Map.of("purpose", "sign_in"),
                Map.of("purpose", "sign_in", "acr", "urn:postern:level:3", "roles", List.of()),
                Map.of("purpose", "sign_in", "roles", List.of("viewer")),
                Map.of("purpose", "step_up", "action", "disable", "roles", List.of("editor")),
                Map.of("purpose", "step_up", "action", "add_factor"));
    }

    @Test
    void itSaysWhy() {
        put(Map.of("least_level", Map.of("sign_in", "urn:postern:level:2")));

        var weak = api.post(DRY_RUN, Map.of("subject", mail.subject(), "purpose", "sign_in"))
                .expect(200);
        assertEquals("pending", weak.text("status"));
        assertEquals("urn:postern:level:2", weak.text("least_level"));
        assertEquals(
                List.of("two_factor_on", "level_of_policy"), texts(weak.json().path("reasons")));
        assertEquals("email", weak.json().at("/factors/0/type").textValue());
        assertEquals("urn:postern:level:1", weak.json().at("/factors/0/level").textValue());
        assertEquals("below_level", weak.json().at("/factors/0/reason").textValue());

        var nothing = api.post(
                        DRY_RUN,
                        Map.of(
                                "subject", off.subject(),
                                "purpose", "sign_in",
                                "policy", Map.of("enforcement", "required", "enforced_roles", List.of("editor"))))
                .expect(200);
        assertEquals("enrollment_required", nothing.text("status"));
        assertEquals(
                List.of("two_factor_off", "roles_unknown", "enforced"),
                texts(nothing.json().path("reasons")));
    }

    @Test
    void nothingIsMadeSentOrCounted() {
        var before = state();
        for (var subject : List.of(off.subject(), app.subject(), mail.subject())) {
            api.post(DRY_RUN, Map.of("subject", subject, "purpose", "sign_in", "policy", Map.of("attempts", 1)))
                    .expect(200);
        }
        assertEquals(before, state());
    }

    @Test
    void proposedPolicyIsJudgedAsOneThatIsStored() {
        var refused = api.post(
                        DRY_RUN,
                        Map.of(
                                "subject", off.subject(),
                                "purpose", "sign_in",
                                "policy", Map.of("attempts", 0, "unknown", 1)))
                .expectProblem(400, "malformed_request");

        var fields = new TreeSet<String>();
        refused.json()
                .path("errors")
                .forEach(error -> fields.add(error.path("field").textValue()));
        assertEquals(new TreeSet<>(List.of("policy.attempts", "policy.unknown")), fields);
    }

    @Test
    void brokenPolicyIsTriedNoMoreThanItIsUsed() {
        administrator.policy("{\"attempts\":0}");
        var body = Map.of("subject", off.subject(), "purpose", "sign_in");
        api.post(DRY_RUN, body).expectProblem(500, "policy_invalid");

        var mended = new HashMap<String, Object>(body);
        mended.put("policy", Map.of("enforcement", "required"));
        assertEquals(
                "enrollment_required", api.post(DRY_RUN, mended).expect(200).text("status"));
    }

    /** RULES B3, I2 */
    @Test
    void personOfAnotherApplicationIsUnknown() {
        var stranger = Administrator.ofNewApplication(postern).api(0);
        var foreign = stranger.post(DRY_RUN, Map.of("subject", app.subject(), "purpose", "sign_in"))
                .expectProblem(404, "not_found");
        var unknown = stranger.post(DRY_RUN, Map.of("subject", "nobody-" + UUID.randomUUID(), "purpose", "sign_in"))
                .expectProblem(404, "not_found");
        assertEquals(unknown.body(), foreign.body());
    }

    private Person lockedPerson() {
        var person = Person.enrolled(postern, api);
        Sql.on(postern).change("update factor set locked_at = now() where id = ?::uuid", person.factor());
        return person;
    }

    private void put(Map<String, ?> policy) {
        api.with("If-Match", "*").put("/v1/policy", policy).expect(200);
    }

    /** What both say: status, grace, and of each factor all but its level. */
    private static JsonNode comparable(Answer answer) {
        assertTrue(answer.status() == 200 || answer.status() == 201, answer::toString);
        var comparable = JSON.createObjectNode();
        for (var member : List.of("status", "grace_until", "factors")) {
            if (answer.json().has(member)) {
                comparable.set(member, answer.json().path(member).deepCopy());
            }
        }
        comparable.path("factors").forEach(factor -> ((ObjectNode) factor).remove("level"));
        return comparable;
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(text -> texts.add(text.textValue()));
        return texts;
    }

    /** Of the application all rows, of its people all keys in Redis. */
    private List<String> state() {
        var sql = Sql.on(postern);
        var state = new ArrayList<String>();
        var slots = new SlotTags(new KeyedHash(new KeyRing(postern.keys().ring())));
        for (var subject : List.of(off.subject(), app.subject(), mail.subject())) {
            var tag = slots.of(administrator.application(), subject);
            state.add(String.valueOf(postern.redis().command("KEYS", "*{" + tag + "}*")));
        }
        state.addAll(sql.texts(
                "select s::text from subject s where application_id = ? order by id", administrator.application()));
        state.addAll(sql.texts(
                "select f::text from factor f join subject s on s.id = f.subject_id where s.application_id = ? order by f.id",
                administrator.application()));
        state.addAll(
                sql.texts("select count(*) from audit_event where application_id = ?", administrator.application()));
        state.add(api.get("/v1/policy").expect(200).body());
        return state;
    }
}
