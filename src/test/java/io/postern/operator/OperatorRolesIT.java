package io.postern.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.harness.Administrator;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Correspondent;
import io.postern.harness.OperatorUser;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may do what, and to whom (RULES F4). */
final class OperatorRolesIT {

    /** One each, whom nothing is done to: making one takes a second. */
    private static final Map<String, OperatorUser> OF_A_ROLE = new ConcurrentHashMap<>();

    private static final List<String> DONE_TO_OTHERS = List.of("/suspend", "/resume", "/invitation", "/reset");

    private final Postern postern = Postern.shared();
    private final Sql sql = Sql.on(postern);
    private final OperatorUser admin = OperatorUser.first(postern);

    @ParameterizedTest
    @CsvSource({
        "viewer, GET, /v1/audit-events, 200",
        "viewer, GET, /v1/operators/me, 200",
        "viewer, GET, /v1/operators, 403",
        "viewer, GET, /v1/policy, 403",
        "viewer, GET, /v1/applications, 403",
        "support, GET, /v1/audit-events, 200",
        "support, GET, /v1/operators, 200",
        "support, GET, /v1/policy, 403",
        "support, GET, /v1/applications, 403",
        "support, POST, /v1/operators, 403",
        "admin, GET, /v1/operators, 200",
        "admin, GET, /v1/policy, 200",
        "admin, GET, /v1/applications, 200"
    })
    void eachRoleOpensWhatIsItsOwn(String role, String method, String path, int status) {
        var api = OF_A_ROLE
                .computeIfAbsent(role, wanted -> OperatorUser.of(postern, wanted))
                .api(1);
        var body = Map.of("name", "op-" + UUID.randomUUID(), "email", "op@example.com", "role", "viewer");
        var answer = method.equals("GET") ? api.get(path) : api.post(path, body);
        assertEquals(status, answer.status(), answer::toString);
    }

    /** RULES F4: nobody acts on themselves, whatever their role. */
    @Test
    void nobodyActsOnThemselves() {
        for (var rest : DONE_TO_OTHERS) {
            admin.to(admin, rest).expectProblem(403, "own_operator");
        }
        admin.api(0)
                .patch(admin.path(), Map.of("role", "viewer", "reason", "A test"))
                .expectProblem(403, "own_operator");
        var support = OperatorUser.of(postern, "support");
        support.to(support, "/reset").expectProblem(403, "own_operator");
        support.to(support, "/invitation").expectProblem(403, "own_operator");
    }

    /** RULES F4: nobody acts on a role that is not below theirs, but for administrators. */
    @Test
    void supportResetsViewersAndNobodyElse() {
        var support = OperatorUser.of(postern, "support");
        for (var role : List.of("support", "admin")) {
            var other = OperatorUser.of(postern, role);
            support.to(other, "/reset").expectProblem(403, "higher_role");
            support.to(other, "/invitation").expectProblem(403, "higher_role");
            other.begin(0, other.password()).expect(201);
        }
        var viewer = OperatorUser.of(postern, "viewer");
        support.to(viewer, "/suspend").expectProblem(403, "insufficient_scope");
        support.to(viewer, "/reset").expect(200);
        admin.to(support, "/reset").expect(200);
        assertEquals(
                List.of(support.name()),
                sql.texts(
                        "select actor from audit_event where type = 'operator_reset' and details ->> 'operator' = ?",
                        viewer.id()));
    }

    /** A reset takes the password too: whoever has it must not enroll a factor before the operator does. */
    @Test
    void resetTakesFactorsAndPasswordAndBeginsAnew() {
        var operator = OperatorUser.of(postern, "support");
        var token = operator.signIn(0);
        var underWay = operator.challenge(0);
        var code = operator.code();
        var old = operator.password();

        var invited = admin.to(operator, "/reset").expect(200);

        assertEquals("no-store", invited.header("Cache-Control").orElseThrow());
        for (var copy : List.of(postern.first(), postern.second())) {
            Api.at(copy).withToken(token).get("/v1/operators/me").expectProblem(401, "unauthorized");
        }
        operator.verify(0, underWay, code).expectProblem(409, "challenge_closed");
        operator.begin(0, old).expectProblem(401, "invalid_credentials");
        assertEquals(
                0,
                sql.number(
                        "select count(*) from factor where subject_id = (select id from subject where external_id = ?)",
                        operator.id()));
        operator.accept(invited.text("invitation"), OperatorUser.newPassword()).expect(200);
        operator.enroll();
        operator.signIn(1);
    }

    /** RULES F5: a freeze counts as on, so that the password alone leads to no factor; a reset ends it. */
    @Test
    void frozenOperatorEnrollsNothingUntilAReset() {
        var operator = OperatorUser.of(postern, "viewer");
        sql.change("update operator set enroll_until = now() + interval '1 hour' where id = ?::uuid", operator.id());
        sql.change("update subject set frozen_at = now() where external_id = ?", operator.id());
        sql.change(
                "delete from factor where subject_id = (select id from subject where external_id = ?)", operator.id());
        operator.begin(0, operator.password()).expectProblem(409, "frozen");

        var invited = admin.to(operator, "/reset").expect(200);
        operator.accept(invited.text("invitation"), OperatorUser.newPassword()).expect(200);
        operator.enroll();
        operator.signIn(1);
    }

    /** Seen at once, by every copy, with tokens that are in flight. */
    @Test
    void suspensionAndRolesAreSeenByEveryCopyAtOnce() {
        var operator = OperatorUser.of(postern, "admin");
        for (int round = 0; round < 3; round++) {
            operator.forgetToken();
            var before = operator.signIn(round % 2);
            admin.to(operator, "/suspend").expect(200);
            for (int copy = 0; copy < 2; copy++) {
                at(copy, before).get("/v1/applications").expectProblem(401, "unauthorized");
                operator.begin(copy, operator.password()).expectProblem(401, "invalid_credentials");
            }
            admin.to(operator, "/resume").expect(200);
            at(0, before).get("/v1/applications").expectProblem(401, "unauthorized");
        }
        var before = operator.signIn(0);
        admin.api(0)
                .patch(operator.path(), Map.of("role", "viewer", "reason", "A test"))
                .expect(200);
        at(1, before).get("/v1/applications").expectProblem(401, "unauthorized");
        at(1, operator.signIn(0)).get("/v1/applications").expectProblem(403, "insufficient_scope");
    }

    /** Of two administrators who demote or suspend each other at once, one is left. */
    @Test
    void lastAdministratorIsNeverTakenAway() {
        for (int round = 0; round < 4; round++) {
            var one = OperatorUser.of(postern, "admin");
            var two = OperatorUser.of(postern, "admin");
            one.api(0);
            two.api(1);
            boolean demote = round % 2 == 0;
            var answers = Burst.<Answer>of(List.of(
                    () -> demote ? demoted(one, two) : one.to(two, "/suspend"),
                    () -> demote ? demoted(two, one) : two.to(one, "/suspend")));
            assertEquals(
                    1, answers.stream().filter(answer -> answer.status() == 200).count(), answers::toString);
            assertEquals(
                    1,
                    sql.number(
                            "select count(*) from operator where id in (?::uuid, ?::uuid) and role = 'admin'"
                                    + " and suspended_at is null",
                            one.id(),
                            two.id()));
        }
    }

    private static Answer demoted(OperatorUser by, OperatorUser other) {
        return by.api(0).patch(other.path(), Map.of("role", "viewer", "reason", "A test"));
    }

    @Test
    void invitationIsGoodOnceForADay() {
        var name = "op-" + UUID.randomUUID();
        var wanted = Map.of("name", name, "email", Correspondent.newAddress(), "role", "viewer");
        var keyed = admin.api(0).with("Idempotency-Key", UUID.randomUUID().toString());
        var invited = keyed.post(OperatorUser.OPERATORS, wanted).expect(201);
        keyed.post(OperatorUser.OPERATORS, wanted).expectProblem(409, "already_done");
        admin.api(1).post(OperatorUser.OPERATORS, wanted).expectProblem(409, "operator_exists");
        var secret = invited.text("invitation");
        assertEquals(0, sql.number("select count(*) from operator where operator::text like '%' || ? || '%'", secret));

        accept(0, secret, "passwordpassword").expectProblem(400, "malformed_request");
        accept(0, secret, "short").expectProblem(400, "malformed_request");
        accept(0, secret, name + name).expectProblem(400, "malformed_request");
        sql.change("update operator set invitation_ends_at = now() where name = ?", name);
        accept(0, secret, OperatorUser.newPassword()).expectProblem(401, "invalid_credentials");
        sql.change("update operator set invitation_ends_at = now() + interval '1 day' where name = ?", name);
        var answers = new ArrayList<>(Burst.of(4, number -> accept(number % 2, secret, OperatorUser.newPassword())));
        assertTrue(answers.stream().filter(answer -> answer.status() == 200).count() <= 1, answers::toString);
        if (answers.stream().noneMatch(answer -> answer.status() == 200)) {
            accept(0, secret, OperatorUser.newPassword()).expect(200);
        }
        accept(1, secret, OperatorUser.newPassword()).expectProblem(401, "invalid_credentials");
        accept(1, "A".repeat(43), OperatorUser.newPassword()).expectProblem(401, "invalid_credentials");
    }

    @Test
    void newerInvitationEndsTheOlderOneAndThatOfASuspendedOperatorIsNoGood() {
        var operator = OperatorUser.of(postern, "viewer");
        var older = admin.to(operator, "/invitation").expect(200).text("invitation");
        var newer = admin.to(operator, "/invitation").expect(200).text("invitation");
        operator.begin(0, operator.password()).expect(201);
        accept(0, older, OperatorUser.newPassword()).expectProblem(401, "invalid_credentials");
        admin.to(operator, "/suspend").expect(200);
        accept(0, newer, OperatorUser.newPassword()).expectProblem(401, "invalid_credentials");
        admin.to(operator, "/resume").expect(200);
        operator.accept(newer, OperatorUser.newPassword()).expect(200);
        operator.signIn(0);
    }

    /** With the old one and a fresh proof; tokens end. */
    @Test
    void ownPasswordChangesWithTheOldOneAndAProof() {
        var operator = OperatorUser.of(postern, "viewer");
        var next = OperatorUser.newPassword();
        var right = Map.of("current_password", operator.password(), "new_password", next);
        var path = "/v1/operators/me/password";
        operator.api(0).post(path, right).expectProblem(403, "verification_required");
        operator.api(0)
                .with("X-Verification-Token", operator.proof("add_factor"))
                .post(path, right)
                .expectProblem(403, "verification_required");
        var proof = operator.proof("change_password");
        var proven = operator.api(1).with("X-Verification-Token", proof);
        proven.post(path, Map.of("current_password", "not the password", "new_password", next))
                .expectProblem(401, "invalid_credentials");
        proven.post(path, Map.of("current_password", operator.password(), "new_password", "posternpostern 2026"))
                .expectProblem(400, "malformed_request");
        proven.post(path, right).expect(204);

        proven.post(path, right).expectProblem(401, "unauthorized");
        operator.begin(0, operator.password()).expectProblem(401, "invalid_credentials");
        operator.begin(0, next).expect(201);
    }

    /** Their own factors, on the calls that everyone has, and nobody else's. */
    @Test
    void operatorsKeepTheirOwnFactorsAndNobodyElses() {
        var operator = OperatorUser.of(postern, "admin");
        var other = OperatorUser.of(postern, "viewer");
        var api = operator.api(0);
        api.get(operator.subject("/factors")).expect(200);
        api.post(operator.subject("/factors"), Map.of("type", "totp")).expectProblem(403, "verification_required");
        api.with("X-Verification-Token", operator.proof("add_factor"))
                .post(operator.subject("/factors"), Map.of("type", "totp", "label", "Tablet"))
                .expect(201);
        api.post(operator.subject("/disable")).expectProblem(403, "insufficient_scope");
        api.get(other.subject("/factors")).expectProblem(403, "insufficient_scope");
        api.get(operator.subject("") + "x/factors").expectProblem(403, "insufficient_scope");
        api.put(other.subject(""), Map.of("email", "thief@example.com")).expectProblem(403, "insufficient_scope");
        api.post("/v1/challenges", Map.of("subject", other.id(), "purpose", "sign_in"))
                .expectProblem(404, "not_found");
        for (var application : List.of("", "?application=postern-console")) {
            api.with("X-Reason", "A test")
                    .delete(other.subject("") + application)
                    .expectProblem(400, "application_required");
            api.with("X-Reason", "A test")
                    .delete(operator.subject("") + application)
                    .expectProblem(400, "application_required");
        }
        other.signIn(1);
    }

    /** RULES F4: not even the most powerful client of Postern's own application takes an operator's factor away. */
    @Test
    void clientsOfTheConsoleHaveNoWayToOperators() {
        var operator = OperatorUser.of(postern, "admin");
        var client = Administrator.ofConsole(postern).api(0);
        client.get(operator.subject("")).expectProblem(403, "operators_only");
        client.put(operator.subject(""), Map.of("email", "thief@example.com")).expectProblem(403, "operators_only");
        client.post(operator.subject("/factors"), Map.of("type", "totp")).expectProblem(403, "operators_only");
        client.post("/v1/challenges", Map.of("subject", operator.id(), "purpose", "sign_in"))
                .expectProblem(403, "operators_only");
        client.post("/v1/imports", Map.of("actor", "ops", "reason", "A test"))
                .expectProblem(400, "application_required");
        client.with("X-Actor", "ops")
                .with("X-Reason", "A test")
                .delete(operator.subject(""))
                .expectProblem(400, "application_required");
        client.post(operator.path() + "/reset", Map.of("reason", "A test")).expectProblem(403, "operators_only");
        operator.signIn(0);
    }

    private Answer accept(int copy, String invitation, String password) {
        return Api.at(postern.copy(copy).baseUrl())
                .post(
                        OperatorUser.OPERATORS + "/accept-invitation",
                        Map.of("invitation", invitation, "password", password));
    }

    private Api at(int copy, String token) {
        return Api.at(postern.copy(copy).baseUrl()).withToken(token);
    }
}
