package io.postern.administration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.harness.Administrator;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Operation;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Applications over REST: Postern's own clients look after all, others after their own. */
final class ApplicationsIT {

    private static final String APPLICATIONS = "/v1/applications";

    private final Postern postern = Postern.shared();
    private final Administrator console = Administrator.ofConsole(postern);
    private final Administrator administrator = Administrator.ofNewApplication(postern);
    private final String path = APPLICATIONS + "/" + administrator.application();
    private final Api api = administrator.api(0);
    private final Api operator = console.api(1);

    @Test
    void applicationIsMadeWithItsPolicyAndWorksAtOnce() {
        var id = newId();
        var made = operator.post(
                        APPLICATIONS,
                        Map.of(
                                "id",
                                id,
                                "name",
                                "Shop",
                                "return_addresses",
                                List.of("https://shop.example/back"),
                                "policy",
                                Map.of("enforcement", "required")))
                .expect(201);
        assertEquals(
                "https://shop.example/back",
                made.json().at("/return_addresses/0").textValue());
        assertEquals(
                made.body(), operator.get(APPLICATIONS + "/" + id).expect(200).body());
        var client = operator.post(
                        APPLICATIONS + "/" + id + "/clients",
                        Map.of("label", "Front end", "scopes", List.of("verify", "enroll", "admin")))
                .expect(201)
                .text("id");
        var secret = operator.post(APPLICATIONS + "/" + id + "/clients/" + client + "/secrets", Map.of())
                .expect(201)
                .text("secret");

        var token = console.token(0, client, secret).expect(200);
        assertEquals("verify enroll admin", token.text("scope"));
        var front = Api.at(postern.second()).withToken(token.text("access_token"));
        var person = Person.registered(postern, front);
        assertEquals(
                "enrollment_required",
                person.challenge(front, Map.of("purpose", "sign_in"))
                        .expect(200)
                        .text("status"));
        assertEquals(console.id(), front.get("/v1/policy").expect(200).text("changed_by"));
        assertEquals(1, events(id, "application_created"));
        assertEquals(1, events(id, "client_created"));
        assertEquals(1, events(id, "client_secret_created"));
    }

    @Test
    void takenAndReservedIdsAreRefused() {
        for (var id : List.of("postern", "postern-console", administrator.application())) {
            operator.post(APPLICATIONS, Map.of("id", id, "name", "Another")).expectProblem(409, "application_exists");
        }
        for (var id : List.of("Shop", "a b", "x".repeat(65), "ä")) {
            operator.post(APPLICATIONS, Map.of("id", id, "name", "Another")).expectProblem(400, "malformed_request");
        }
        operator.post(APPLICATIONS, Map.of("id", newId(), "name", "Shop", "policy", Map.of("attempts", 0)))
                .expectProblem(400, "malformed_request");
    }

    @Test
    void ofCreationsAtOnceOneMakesIt() {
        var id = newId();
        var copies = List.of(console.api(0), operator);
        var answers = Burst.of(
                8, number -> copies.get(number % 2).post(APPLICATIONS, Map.of("id", id, "name", "Shop " + number)));

        assertEquals(
                1, answers.stream().filter(answer -> answer.status() == 201).count());
        assertEquals(
                7, answers.stream().filter(answer -> answer.status() == 409).count());
        assertEquals(1, events(id, "application_created"));
    }

    /** RULES H3 */
    @Test
    void repeatedCreationGivesTheSame() {
        var id = newId();
        var keyed = operator.with("Idempotency-Key", UUID.randomUUID().toString());
        var first = keyed.post(APPLICATIONS, Map.of("id", id, "name", "Shop")).expect(201);

        assertEquals(
                first.body(),
                keyed.post(APPLICATIONS, Map.of("id", id, "name", "Shop"))
                        .expect(201)
                        .body());
        keyed.post(APPLICATIONS, Map.of("id", id, "name", "Other")).expectProblem(422, "key_reused");
    }

    @Test
    void onlyTheConsoleMakesSuspendsAndResumes() {
        api.post(APPLICATIONS, Map.of("id", newId(), "name", "Shop")).expectProblem(403, "console_only");
        api.post(path + "/suspend").expectProblem(403, "console_only");
        api.post(path + "/resume").expectProblem(403, "console_only");
        assertTrue(api.get(path).expect(200).json().path("suspended_since").isMissingNode());
    }

    /** RULES I2 */
    @ParameterizedTest
    @MethodSource("callsToAnApplication")
    void anothersApplicationIsAnsweredAsUnknown(Operation call) {
        var stranger = Administrator.ofNewApplication(postern);
        var target = new Operation.Target("nobody", "none", "none");
        var unknown = call.pathOf(target);
        var foreign = call.path()
                .replace("{application}", stranger.application())
                .replace("{client}", stranger.id())
                .replace("{secret}", secretOf(stranger));

        var answer = call(call, foreign);
        answer.expectProblem(404, "not_found");
        assertEquals(call(call, unknown).expectProblem(404, "not_found").body(), answer.body());
        assertEquals(200, stranger.token(0, stranger.id(), stranger.secret()).status());
        assertEquals(
                0,
                Sql.on(postern)
                        .number("select count(*) from audit_event where application_id = ?", stranger.application()));
    }

    static List<Operation> callsToAnApplication() {
        return Operation.ALL.stream()
                .filter(call -> call.path().contains("{application}"))
                .toList();
    }

    private Answer call(Operation call, String concrete) {
        var body = call.body();
        var target = new Operation.Target("nobody", "none", "none");
        return switch (call.method()) {
            case "GET" -> api.get(concrete);
            case "DELETE" -> api.delete(concrete);
            case "PATCH" -> api.patch(concrete, body == null ? Map.of() : body.apply(target));
            default -> body == null ? api.post(concrete) : api.post(concrete, body.apply(target));
        };
    }

    @Test
    void consoleListsAllAndOthersTheirOwn() {
        var ids = Sql.on(postern).texts("select id from application order by id");
        var seen = new ArrayList<String>();
        for (var next = ""; ; ) {
            var page = operator.get(APPLICATIONS + "?limit=2" + next).expect(200);
            page.json()
                    .path("applications")
                    .forEach(one -> seen.add(one.path("id").textValue()));
            if (page.json().path("next").isMissingNode()) {
                break;
            }
            next = "&cursor=" + page.text("next");
        }
        assertEquals(ids, seen);

        var own = api.get(APPLICATIONS).expect(200).json();
        assertEquals(1, own.path("applications").size());
        assertEquals(administrator.application(), own.at("/applications/0/id").textValue());
        assertTrue(own.path("next").isMissingNode());
    }

    @Test
    void nameAndReturnAddressesChangeAndNothingElse() {
        var addresses = List.of("https://shop.example/back?x=1", "http://localhost:8090/back");
        var changed = api.patch(path, Map.of("name", "Renamed", "return_addresses", addresses))
                .expect(200);
        assertEquals("Renamed", changed.text("name"));
        assertEquals(2, changed.json().path("return_addresses").size());

        assertEquals(changed.body(), api.patch(path, Map.of()).expect(200).body());
        assertEquals(
                changed.body(),
                operator.patch(path, Map.of("name", "Renamed")).expect(200).body());
        assertEquals(1, events(administrator.application(), "application_changed"));
        var refused = api.patch(path, Map.of("return_addresses", List.of("https://*.example/")))
                .expect(400);
        assertEquals("return_addresses", refused.json().at("/errors/0/field").textValue());
        assertEquals(changed.body(), api.get(path).expect(200).body());
    }

    /** RULES I1: at once, by every copy, with tokens that are in flight. */
    @Test
    void suspensionIsSeenByEveryCopyAtOnce() {
        var person = Person.enrolled(postern, api);
        var other = administrator.api(1);
        var challenge = person.challenge();
        var code = person.code();
        for (int round = 0; round < 5; round++) {
            var suspended = operator.post(path + "/suspend").expect(200);
            if (round == 0) { // each try counts
                person.verify(api, challenge, code).expectProblem(403, "application_suspended");
                person.verify(other, challenge, code).expectProblem(403, "application_suspended");
            }
            for (var through : List.of(api, other)) {
                person.challenge(through, Map.of("purpose", "sign_in")).expectProblem(403, "application_suspended");
                through.get("/v1/policy").expectProblem(403, "application_suspended");
                through.get(path).expectProblem(403, "application_suspended");
                through.post("/v1/policy/dry-run", Map.of("subject", person.subject(), "purpose", "sign_in"))
                        .expectProblem(403, "application_suspended");
            }
            administrator.token(0, administrator.id(), administrator.secret()).expect(401);
            administrator.token(1, administrator.id(), administrator.secret()).expect(401);
            assertEquals(
                    suspended.body(),
                    operator.post(path + "/suspend").expect(200).body());

            operator.post(path + "/resume").expect(200);
            person.challenge(other, Map.of("purpose", "sign_in")).expect(201);
        }
        person.verify(other, person.challenge(), person.code()).expect(200);
        assertEquals(5, events(administrator.application(), "application_suspended"));
        assertEquals(5, events(administrator.application(), "application_resumed"));
    }

    @Test
    void consoleDoesNotSuspendItself() {
        operator.post(APPLICATIONS + "/postern-console/suspend").expectProblem(409, "own_application");
        operator.get(APPLICATIONS).expect(200);
    }

    private String secretOf(Administrator of) {
        return Sql.on(postern)
                .texts("select id from client_secret where client_id = ?", of.id())
                .getFirst();
    }

    private long events(String application, String type) {
        return Sql.on(postern)
                .number(
                        "select count(*) from audit_event where application_id = ? and type = ? and client_id is not null",
                        application,
                        type);
    }

    private static String newId() {
        return "shop-" + UUID.randomUUID();
    }
}
