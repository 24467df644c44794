package io.postern.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Operation;
import io.postern.harness.Operation.Target;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.harness.Totp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing crosses between applications (RULES I2): what is another's is answered as what there never was. */
final class IsolationIT {

    private final Postern postern = Postern.shared();
    private final Api own = postern.everyScope(SeededClient.DEMO_ADMIN, 0);
    private final Api other = postern.everyScope(SeededClient.OTHER_ADMIN, 1);

    /** Every call that is about something that must be there. */
    static List<Operation> calls() {
        return Operation.aboutSomething();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void whatIsAnothersIsAnsweredAsUnknown(Operation call) {
        var target = Target.administered(Person.enrolled(postern, own));

        var foreign = call.call(other, target).expectProblem(404, "not_found");
        var unknown = call.call(other, unknown()).expectProblem(404, "not_found");

        assertEquals(unknown.body(), foreign.body());
        assertEquals(headers(unknown), headers(foreign));
        assertNotEquals(404, call.call(own, target).status(), "its own client is answered otherwise");
    }

    /** A factor is reached through its own subject alone, in the same application and from another. */
    @ParameterizedTest
    @MethodSource("calls")
    void factorIsNotReachedThroughAnotherSubject(Operation call) {
        if (!call.path().contains("{factor}")) {
            return;
        }
        var factor = Person.enrolled(postern, own).factor();

        for (var api : List.of(own, other)) {
            var stranger = Person.registered(postern, api);
            call.call(api, new Target(stranger.subject(), factor, "")).expectProblem(404, "not_found");
        }
    }

    /** Nor are its tries used up by somebody who knows its id. */
    @Test
    void pendingFactorOfAnotherLosesNoTry() {
        var person = Person.registered(postern, own);
        var pending = own.post(person.path("/factors"), Map.of("type", "totp")).expect(201);
        var activate = "/factors/" + pending.text("id") + "/activate";
        other.put(person.path(), Map.of()).expect(201);
        var stranger = Person.registered(postern, own);
        var code = Map.of("code", Totp.codeAt(pending.text("secret"), Instant.now()));

        other.post(person.path(activate), code).expectProblem(404, "not_found");
        own.post(stranger.path(activate), code).expectProblem(404, "not_found");

        assertEquals(0, Sql.on(postern).number("select tries from factor where id = ?::uuid", pending.text("id")));
        own.post(person.path(activate), code).expect(200);
    }

    @Test
    void factorOfAnotherDoesNotAnswerAChallenge() {
        var stranger = Person.enrolled(postern, other);
        var person = Person.enrolled(postern, own);
        var challenge = person.challenge();

        own.post(
                        "/v1/challenges/" + challenge + "/verify",
                        Map.of("factor", stranger.factor(), "code", stranger.code()))
                .expectProblem(409, "factor_unavailable");
        assertEquals(
                5,
                own.get("/v1/challenges/" + challenge)
                        .expect(200)
                        .json()
                        .path("attempts_remaining")
                        .intValue());
    }

    @Test
    void sameIdInTwoApplicationsIsTwoSubjects() {
        var person = Person.enrolled(postern, own);

        var registered =
                other.put(person.path(), Map.of("email", "other@example.com")).expect(201);

        assertEquals("off", registered.text("two_factor"));
        assertEquals(
                "not_enrolled",
                person.challenge(other, Map.of("purpose", "sign_in"))
                        .expect(200)
                        .text("status"));
        assertEquals("person@example.com", own.get(person.path()).expect(200).text("email"));
        assertEquals("on", own.get(person.path()).expect(200).text("two_factor"));
    }

    /** The slot tag is of the application too (RULES H1), or whoever fails in one locks the other's people out. */
    @Test
    void failuresInOneApplicationDelayNobodyInAnother() {
        var person = Person.enrolled(postern, own);
        other.put(person.path(), Map.of()).expect(201);
        enroll(other, person.path());
        for (var challenge : List.of(person.challenge(), person.challenge())) {
            for (int i = 0; i < 5; i++) {
                person.verify(challenge, person.wrongCode()).expectProblem(422, "invalid_code");
            }
        }
        person.verify(person.challenge(), person.wrongCode()).expectProblem(429, "too_many_attempts");

        var challenge = person.challenge(other, Map.of("purpose", "sign_in")).expect(201);
        var factor = challenge.json().path("factors").path(0).path("id").textValue();
        other.post("/v1/challenges/" + challenge.text("id") + "/verify", Map.of("factor", factor, "code", "no code"))
                .expectProblem(422, "invalid_code");
    }

    /** With two-factor on in one application, a proof from there changes nothing in the other. */
    @Test
    void proofOfOneApplicationIsNoneInAnother() {
        var person = Person.enrolled(postern, own);
        other.put(person.path(), Map.of()).expect(201);
        enroll(other, person.path());

        var answer = other.with("X-Verification-Token", person.proof("disable")).post(person.path("/disable"));

        answer.expectProblem(403, "verification_required");
        assertEquals("on", other.get(person.path()).expect(200).text("two_factor"));
    }

    private static void enroll(Api api, String path) {
        var pending = api.post(path + "/factors", Map.of("type", "totp")).expect(201);
        var code = Totp.codeAt(pending.text("secret"), Instant.now());
        api.post(path + "/factors/" + pending.text("id") + "/activate", Map.of("code", code))
                .expect(200);
    }

    private static Target unknown() {
        return new Target("nobody-" + UUID.randomUUID(), UUID.randomUUID().toString(), "A".repeat(44));
    }

    /** What a caller could tell apart, but for the time and the name of the request. */
    private static Map<String, List<String>> headers(Answer answer) {
        var headers = new TreeMap<>(answer.headers().map());
        headers.remove("date");
        headers.remove("x-request-id");
        return headers;
    }
}
