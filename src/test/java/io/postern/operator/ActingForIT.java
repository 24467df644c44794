package io.postern.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Administrator;
import io.postern.harness.Api;
import io.postern.harness.OperatorUser;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** On which application a call acts, and as whom. */
final class ActingForIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Postern postern = Postern.shared();
    private final Sql sql = Sql.on(postern);
    private final Administrator own = Administrator.ofNewApplication(postern);
    private final String named = "?application=" + own.application();
    private final OperatorUser operator = OperatorUser.of(postern, "admin");

    @Test
    void operatorsAndClientsOfTheConsoleSayWhichApplicationTheyMean() {
        for (var api : List.of(operator.api(0), Administrator.ofConsole(postern).api(1))) {
            var policy = api.get("/v1/policy" + named).expect(200);
            assertEquals(own.api(0).get("/v1/policy").expect(200).body(), policy.body());
            assertNotEquals(api.get("/v1/policy").expect(200).body(), policy.body());
            api.get("/v1/audit-events" + named).expect(200);
            api.get("/v1/webhooks" + named).expect(200);
            api.get("/v1/policy/versions" + named).expect(200);
            api.get("/v1/policy?application=no-such-application").expectProblem(404, "not_found");
            api.get("/v1/policy" + named + "&application=other-admin").expectProblem(400, "malformed_request");
        }
        var changed = operator.api(1)
                .with("If-Match", "*")
                .put("/v1/policy" + named, Map.of("attempts", 4))
                .expect(200);
        assertEquals("operator:" + operator.id(), changed.text("changed_by"));
        assertEquals(
                4,
                own.api(1)
                        .get("/v1/policy")
                        .expect(200)
                        .json()
                        .at("/policy/attempts")
                        .intValue());
        assertEquals(
                List.of(operator.name()),
                sql.texts(
                        "select actor from audit_event where application_id = ? and type = 'policy_changed'",
                        own.application()));
    }

    /** RULES I2: to others, another's application is answered as none at all. */
    @Test
    void othersNameNoneButTheirOwn() {
        var api = own.api(0);
        var ownPolicy = api.get("/v1/policy").expect(200).body();
        assertEquals(ownPolicy, api.get("/v1/policy" + named).expect(200).body());
        for (var path : List.of("/v1/policy", "/v1/audit-events", "/v1/webhooks", "/v1/policy/versions")) {
            var foreign = api.get(path + "?application=demo-admin").expectProblem(404, "not_found");
            var unknown = api.get(path + "?application=no-such-application").expectProblem(404, "not_found");
            assertEquals(unknown.body(), foreign.body());
            api.get(path + "?application=postern-console").expectProblem(404, "not_found");
        }
        api.post("/v1/imports?application=demo-admin", Map.of("actor", "ops", "reason", "A test"))
                .expectProblem(404, "not_found");
    }

    /** RULES F4: who acts is who signed in, whatever the request says. */
    @Test
    void actorIsTheOperatorAndNotWhoIsAsserted() {
        var front = postern.api(SeededClient.DEMO_ADMIN);
        var application = "?application=" + SeededClient.DEMO_ADMIN.application();
        var person = Person.enrolled(postern, front);
        var api = operator.api(0);
        api.with("X-Reason", "Letter of the 3rd")
                .get(person.path("/export") + application)
                .expect(200);
        api.with("X-Actor", "somebody-else")
                .with("X-Reason", "Letter of the 3rd")
                .get(person.path("/export") + application)
                .expect(200);
        api.get(person.path("/export") + application).expectProblem(400, "malformed_request");
        assertEquals(
                List.of(operator.name(), operator.name()),
                sql.texts(
                        "select e.actor from audit_event e join subject s on s.id = e.subject_id"
                                + " where s.external_id = ? and e.type = 'subject_exported'",
                        person.subject()));

        var begun = api.post("/v1/imports" + named, Map.of("reason", "A move")).expect(201);
        assertTrue(begun.body().contains("lines_done"), begun::body);
        assertEquals(
                List.of(operator.name()),
                sql.texts(
                        "select actor from audit_event where application_id = ? and type = 'import_begun'",
                        own.application()));
        own.api(0).post("/v1/imports", Map.of("reason", "A move")).expectProblem(400, "malformed_request");
    }

    /** RULES F4: at the help desk too, and never for Postern's own application. */
    @Test
    void helpDeskKnowsTheOperator() {
        var person = Person.enrolled(postern, postern.api(SeededClient.DEMO_ADMIN));
        var support = OperatorUser.of(postern, "support");
        var path = "/v1/support/subjects/" + person.subject() + "/look-up";
        var application = "?application=" + SeededClient.DEMO_ADMIN.application();
        support.api(0)
                .post(path + application, Map.of("actor", "somebody-else", "reason", "A test"))
                .expect(200);
        support.api(1).post(path + application, Map.of("reason", "A test")).expect(200);
        assertEquals(
                List.of(support.name(), support.name()),
                sql.texts(
                        "select e.actor from audit_event e join subject s on s.id = e.subject_id"
                                + " where s.external_id = ? and e.actor is not null",
                        person.subject()));
        support.api(0).post(path, Map.of("reason", "A test")).expectProblem(400, "application_required");
        for (var rest : List.of("/reset", "/look-up", "/lift-freeze", "/bypass-codes")) {
            var body = rest.equals("/lift-freeze")
                    ? Map.of("reason", "A test", "suspended", "discard")
                    : Map.of("reason", "A test");
            operator.api(0)
                    .post("/v1/support/subjects/" + support.id() + rest + "?application=postern-console", body)
                    .expectProblem(400, "application_required");
        }
        support.signIn(0);
    }

    /** No front end's call: neither for a person of another application, nor with the help desk's scope. */
    @Test
    void operatorsAreNoFrontEnd() {
        var person = Person.enrolled(postern, postern.api(SeededClient.DEMO_ADMIN));
        var application = "?application=" + SeededClient.DEMO_ADMIN.application();
        Api api = operator.api(0);
        api.get(person.path("/factors") + application).expectProblem(403, "insufficient_scope");
        api.get(person.path() + application).expectProblem(403, "insufficient_scope");
        api.post("/v1/challenges" + application, Map.of("subject", person.subject(), "purpose", "sign_in"))
                .expectProblem(404, "not_found");
        api.get("/v1/challenges/" + person.challenge() + application).expectProblem(404, "not_found");
    }

    /** What they change comes before it, or not at all. */
    @Test
    void operatorWhoIsBeingSuspendedChangesNothing() throws Exception {
        var api = operator.api(0);
        var target = "/v1/applications/" + own.application();
        try (var suspension = postern.connect();
                var statement = suspension.prepareStatement(
                        "update operator set suspended_at = now(), version = version + 1 where id = ?::uuid")) {
            suspension.setAutoCommit(false);
            statement.setString(1, operator.id());
            statement.executeUpdate();
            var change = CompletableFuture.supplyAsync(() -> api.patch(target, Map.of("name", "Theirs")));
            Await.until(
                    SOON,
                    "it waits for the suspension, or is done",
                    () -> change.isDone()
                            || sql.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                            + " and query like '%for share of o'")
                                    > 0);
            suspension.commit();
            change.get(SOON.toSeconds(), TimeUnit.SECONDS).expectProblem(401, "unauthorized");
        }
        assertEquals(0, sql.number("select count(*) from application where name = 'Theirs'"));
    }

    /** By what Postgres says at each change, not by the token alone. */
    @Test
    void administeringEndsWithTheRole() {
        var admin = OperatorUser.of(postern, "admin");
        var api = admin.api(0);
        api.patch("/v1/applications/" + own.application(), Map.of("name", "Renamed"))
                .expect(200);
        api.post(
                        "/v1/applications/" + own.application() + "/clients",
                        Map.of("label", "Front end", "scopes", List.of("verify", "enroll")))
                .expect(201);
        assertEquals(
                List.of(admin.name()),
                sql.texts(
                        "select actor from audit_event where application_id = ? and type = 'application_changed'",
                        own.application()));
        OperatorUser.first(postern).to(admin, "/suspend").expect(200);
        api.patch("/v1/applications/" + own.application(), Map.of("name", "Again"))
                .expectProblem(401, "unauthorized");
    }
}
