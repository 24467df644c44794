package io.postern.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Operation;
import io.postern.harness.Operation.Target;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** RULES I1: a suspension of an application is seen at once, with tokens and secrets that are remembered too. */
final class SuspensionIT {

    static final List<Operation> CALLS = Operation.ALL;
    private static final String APPLICATION = SeededClient.OTHER_ADMIN.application();

    private final Postern postern = Postern.shared();
    private final Api api = postern.everyScope(SeededClient.OTHER_ADMIN, 1);

    @AfterEach
    void resume() {
        suspend("null");
    }

    @ParameterizedTest
    @FieldSource("CALLS")
    void everyCallIsRefusedAtOnceAndWorksAgainAfterwards(Operation call) {
        var person = Person.enrolled(postern, api);
        var target = Target.of(person);
        var client = OwnClient.of(postern, APPLICATION);
        var all = Api.at(postern.second())
                .withToken(client.token(postern.first(), client.secret())
                        .expect(200)
                        .text("access_token"));

        suspend("now()");
        call.call(all.with("If-Match", "*"), target).expectProblem(403, "application_suspended");

        suspend("null");
        var answer = call.call(all, target);
        assertTrue(
                answer.status() != 403
                        || List.of("verification_required", "console_only", "operators_only")
                                .contains(answer.text("code")),
                answer.toString());
    }

    @Test
    void rightCodeApprovesNothingWhileSuspended() {
        var person = Person.enrolled(postern, api);
        var challenge = person.challenge();
        var code = person.code();

        suspend("now()");
        person.verify(challenge, code).expectProblem(403, "application_suspended");

        suspend("null");
        assertEquals(
                "pending", api.get("/v1/challenges/" + challenge).expect(200).text("status"));
        assertEquals(
                0,
                Sql.on(postern)
                        .number(
                                "select count(*) from audit_event where type = 'challenge_approved' and factor_id = ?::uuid",
                                person.factor()));
    }

    @Test
    void repeatedCreationIsRefusedToo() {
        var person = Person.enrolled(postern, api);
        var keyed = api.with("Idempotency-Key", UUID.randomUUID().toString());
        person.challenge(keyed, Map.of("purpose", "sign_in")).expect(201);

        suspend("now()");
        person.challenge(keyed, Map.of("purpose", "sign_in")).expectProblem(403, "application_suspended");
    }

    @Test
    void noTokenIsGivenForARememberedSecret() {
        var client = OwnClient.of(postern, APPLICATION);
        client.token(postern.first(), client.secret()).expect(200);

        suspend("now()");
        client.token(postern.first(), client.secret()).expect(401);
        client.token(postern.second(), client.secret()).expect(401);
    }

    @Test
    void otherApplicationsGoOn() {
        suspend("now()");
        var demo = postern.api(SeededClient.DEMO_ADMIN, 1);
        var person = Person.enrolled(postern, demo);
        person.verify(person.challenge(), person.code()).expect(200);
    }

    private void suspend(String when) {
        Sql.on(postern).change("update application set suspended_at = " + when + " where id = ?", APPLICATION);
    }
}
