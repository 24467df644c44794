package io.postern.administration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.embedded.SeededClient;
import io.postern.harness.Administrator;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.FaultLog;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The policy as data: read, replaced as a whole, kept in versions. */
final class PolicyIT {

    private static final String POLICY = "/v1/policy";

    private final Postern postern = Postern.shared();
    private final Administrator administrator = Administrator.ofNewApplication(postern);
    private final Api api = administrator.api(0);
    private final Api other = administrator.api(1);
    private final Sql sql = Sql.on(postern);

    @Test
    void newApplicationHasTheDefaultsAsItsFirstVersion() {
        var answer = api.get(POLICY).expect(200);

        assertEquals("\"1\"", answer.header("ETag").orElseThrow());
        assertEquals(1, answer.json().path("version").intValue());
        assertTrue(answer.json().path("changed_by").isMissingNode());
        assertTrue(answer.json().path("written").isEmpty());
        assertEquals("optional", policy(answer).path("enforcement").textValue());
        assertEquals(14, policy(answer).path("remembered_days").intValue());
        assertEquals(300, policy(answer).path("maximum_age").intValue());
        assertEquals(
                "urn:postern:level:0", policy(answer).at("/least_level/sign_in").textValue());
        assertEquals(
                "urn:postern:level:1", policy(answer).at("/least_level/step_up").textValue());
    }

    @Test
    void changeIsSeenByEveryCopyAtOnceAndTellsWhoMadeIt() {
        var person = Person.registered(postern, api);
        for (int round = 0; round < 10; round++) {
            var wanted = round % 2 == 0 ? "required" : "optional";
            var put = put(api, "*", Map.of("enforcement", wanted)).expect(200);

            var seen = other.get(POLICY).expect(200);
            assertEquals(put.json(), seen.json());
            assertEquals(wanted, policy(seen).path("enforcement").textValue());
            assertEquals(administrator.id(), seen.text("changed_by"));
            var status = person.challenge(other, Map.of("purpose", "sign_in")).text("status");
            assertEquals(round % 2 == 0 ? "enrollment_required" : "not_enrolled", status);
        }
    }

    @Test
    void whatIsReadCanBeWritten() {
        put(api, "*", Map.of("attempts", 3, "sms_regions", List.of("US", "CA", "MX")))
                .expect(200);
        var before = api.get(POLICY).expect(200);

        var after = put(api, tag(before), policy(before)).expect(200);

        assertEquals(policy(before), policy(after));
    }

    @Test
    void changeNeedsTheVersionThatWasRead() {
        var read = api.get(POLICY).expect(200);
        put(api, null, Map.of()).expectProblem(428, "version_required");
        put(api, tag(read), Map.of("attempts", 3)).expect(200);

        put(other, tag(read), Map.of("attempts", 4)).expectProblem(412, "version_changed");
        assertEquals(3, policy(other.get(POLICY)).path("attempts").intValue());
        put(other, "\"7\", \"2\"", Map.of("attempts", 4)).expect(200);
        put(other, "W/\"3\"", Map.of("attempts", 5)).expectProblem(412, "version_changed");
        put(other, "3", Map.of("attempts", 5)).expectProblem(400, "malformed_request");
        put(other, "*", Map.of("attempts", 5)).expect(200);
    }

    @Test
    void ofChangesToTheSameVersionOneWins() {
        var tag = tag(api.get(POLICY).expect(200));

        var answers = Burst.of(
                12, number -> put(number % 2 == 0 ? api : other, tag, Map.of("challenge_seconds", 100 + number)));

        assertEquals(
                1, answers.stream().filter(answer -> answer.status() == 200).count());
        assertEquals(
                11, answers.stream().filter(answer -> answer.status() == 412).count());
        assertEquals(2, api.get(POLICY).json().path("version").intValue());
        assertEquals(1, changes());
    }

    @Test
    void samePolicyMakesNoVersion() {
        var first = put(api, "*", Map.of("enforced_roles", List.of("b", "a"), "attempts", 4))
                .expect(200);

        var again = put(other, tag(first), Map.of("attempts", 4, "enforced_roles", List.of("a", "b", "a")))
                .expect(200);

        assertEquals(first.json(), again.json());
        assertEquals(tag(first), tag(again));
        assertEquals(1, changes());
    }

    @Test
    void everyFaultIsNamed() {
        var wrong = Map.of(
                "allowed_factors",
                List.of("recovery_code"),
                "enforcement",
                "required_from",
                "remembered_days",
                91,
                "attempts",
                "five",
                "maximum_age",
                301,
                "least_level",
                Map.of("sign_in", "urn:postern:level:9", "step_up", "urn:postern:level:0"),
                "texts",
                Map.of("en", Map.of("nothing", "x", "nobody", "y")),
                "unknown",
                1,
                "sms_regions",
                List.of("us"));

        var refused = put(api, "*", wrong).expectProblem(400, "malformed_request");

        var fields = new TreeSet<String>();
        refused.json()
                .path("errors")
                .forEach(error -> fields.add(error.path("field").textValue()));
        assertEquals(
                new TreeSet<>(List.of(
                        "allowed_factors",
                        "required_from",
                        "remembered_days",
                        "attempts",
                        "maximum_age",
                        "least_level.sign_in",
                        "least_level.step_up",
                        "texts.en.nothing",
                        "texts.en.nobody",
                        "unknown",
                        "sms_regions")),
                fields);
        assertFalse(refused.body().contains("five"), "a value is not repeated");
        assertEquals(1, api.get(POLICY).json().path("version").intValue());
    }

    @Test
    void versionsAreKeptAndListedInPages() {
        for (int attempts = 1; attempts <= 6; attempts++) {
            put(api, "*", Map.of("attempts", attempts)).expect(200);
        }
        var seen = new ArrayList<Integer>();
        var path = POLICY + "/versions?limit=3";
        var page = other.get(path).expect(200);
        put(api, "*", Map.of("attempts", 10)).expect(200); // what is written meanwhile moves no page
        for (; ; page = other.get(path + "&cursor=" + page.text("next")).expect(200)) {
            page.json()
                    .path("versions")
                    .forEach(version -> seen.add(version.path("version").intValue()));
            if (page.json().path("next").isMissingNode()) {
                break;
            }
        }

        assertEquals(List.of(7, 6, 5, 4, 3, 2, 1), seen);
        var newest = api.get(POLICY + "/versions?limit=2").expect(200).json().path("versions");
        assertEquals(10, newest.at("/0/written/attempts").intValue());
        assertEquals(administrator.id(), newest.at("/0/changed_by").textValue());
        assertEquals(6, newest.at("/1/written/attempts").intValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "cursor=%C3%A4", "cursor=eA"})
    void pagesThatCannotBeAreRefused(String query) {
        var refused = api.get(POLICY + "/versions?" + query).expectProblem(400, "malformed_request");
        assertEquals(
                query.substring(0, query.indexOf('=')),
                refused.json().at("/errors/0/field").textValue());
    }

    @Test
    void policyIsTheCallersOwn() {
        var stranger = Administrator.ofNewApplication(postern);
        put(api, "*", Map.of("attempts", 2)).expect(200);

        assertEquals(1, stranger.api(0).get(POLICY).json().path("version").intValue());
        assertEquals(
                1,
                stranger.api(1)
                        .get(POLICY + "/versions")
                        .json()
                        .path("versions")
                        .size());
    }

    /** What cannot be read decides nothing; the operator sees why and mends it, and nobody else is touched. */
    @Test
    void policyThatBreaksRulesLetsNobodyInAndCanBeMended() {
        var person = Person.enrolled(postern, api);
        var challenge = person.challenge();
        var log = FaultLog.from(postern);
        administrator.policy("{\"attempts\": 99, \"enforcement\": \"sometimes\"}");

        person.challenge(other, Map.of("purpose", "sign_in")).expectProblem(500, "policy_invalid");
        person.challenge(api, Map.of("purpose", "sign_in")).expectProblem(500, "policy_invalid");
        api.post(person.path("/factors"), Map.of("type", "totp")).expectProblem(500, "policy_invalid");
        api.get(person.path()).expectProblem(500, "policy_invalid");
        Person.enrolled(postern, postern.api(SeededClient.DEMO_ADMIN));
        assertEquals(200, Api.at(postern.first()).get("/q/health/ready").status());
        assertTrue(log.entries().stream().allMatch(entry -> entry.contains(administrator.application())));
        assertTrue(log.entries().stream().anyMatch(entry -> entry.contains("attempts")), () -> log.entries() + "");
        assertTrue(log.entries().size() <= 2, "once a minute and copy");

        var shown = api.get(POLICY).expect(200);
        assertTrue(shown.json().path("policy").isMissingNode());
        assertEquals(99, shown.json().at("/written/attempts").intValue());
        assertEquals(2, shown.json().path("errors").size());
        put(other, tag(shown), Map.of("attempts", 3)).expect(200);
        person.verify(api, challenge, person.code()).expect(200);
        person.challenge(other, Map.of("purpose", "sign_in")).expect(201);
    }

    @Test
    void policyThatIsNoObjectCanBeMendedToo() {
        administrator.policy("[]");

        assertEquals(
                "policy",
                api.get(POLICY).expect(200).json().at("/errors/0/field").textValue());
        put(api, "*", Map.of()).expect(200);
        Person.registered(postern, api);
    }

    @Test
    void faultOfOneTextHidesNoOther() {
        var texts = Map.of(
                "en", Map.of("a.b", "x"),
                "xx", Map.of("c.d", "y"),
                "EN", Map.of());

        var refused = put(api, "*", Map.of("texts", texts)).expectProblem(400, "malformed_request");

        var fields = new TreeSet<String>();
        refused.json()
                .path("errors")
                .forEach(error -> fields.add(error.path("field").textValue()));
        assertEquals(new TreeSet<>(List.of("texts.en.a.b", "texts.xx", "texts.EN")), fields);
    }

    private Answer put(Api through, @Nullable String tag, Object policy) {
        return (tag == null ? through : through.with("If-Match", tag)).put(POLICY, policy);
    }

    private long changes() {
        return sql.number(
                "select count(*) from audit_event where application_id = ? and type = 'policy_changed' and client_id = ?",
                administrator.application(),
                administrator.id());
    }

    private static String tag(Answer answer) {
        return answer.header("ETag").orElseThrow();
    }

    private static JsonNode policy(Answer answer) {
        return answer.json().path("policy");
    }
}
