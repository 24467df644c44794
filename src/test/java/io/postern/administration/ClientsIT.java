package io.postern.administration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.embedded.Await;
import io.postern.harness.Administrator;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** API clients and their secrets over REST. */
final class ClientsIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Postern postern = Postern.shared();
    private final Sql sql = Sql.on(postern);
    private final Administrator administrator = Administrator.ofNewApplication(postern);
    private final String clients = "/v1/applications/" + administrator.application() + "/clients";
    private final Api api = administrator.api(0);
    private final Api other = administrator.api(1);

    @Test
    void clientIsMadeListedChangedAndDeleted() {
        var made = create("verify", "enroll").expect(201);
        var path = clients + "/" + made.text("id");
        assertEquals(0, made.json().path("secrets").size());

        assertEquals(
                "verify",
                other.patch(path, Map.of("scopes", List.of("verify")))
                        .expect(200)
                        .json()
                        .at("/scopes/0")
                        .textValue());
        other.patch(path, Map.of("label", "Renamed")).expect(200);
        var listed = api.get(clients).expect(200).json().path("clients");
        assertEquals(2, listed.size());
        assertEquals("Renamed", listed.at("/1/label").textValue());
        assertEquals(1, listed.at("/1/scopes").size());
        assertTrue(listed.at("/0/label").isMissingNode(), "it came past this API");

        api.delete(path).expect(204);
        api.delete(path).expectProblem(404, "not_found");
        assertEquals(1, api.get(clients).json().path("clients").size());
        assertEquals(1, events("client_created"));
        assertEquals(2, events("client_changed"));
        assertEquals(1, events("client_deleted"));
    }

    /** Nobody gives what they do not have: not directly, nor by a secret of a client that has more. */
    @Test
    void escalationIsRefused() {
        var limited = Administrator.of(postern, administrator.application(), List.of("audit", "admin"));
        var through = limited.api(1);
        var strong = clients + "/" + create("verify", "enroll").expect(201).text("id");

        refuseEscalation("verify", through.post(clients, Map.of("label", "x", "scopes", List.of("verify", "audit"))));
        refuseEscalation(
                "support", through.patch(clients + "/" + limited.id(), Map.of("scopes", List.of("admin", "support"))));
        refuseEscalation("verify enroll", through.post(strong + "/secrets", Map.of()));
        refuseEscalation(
                "verify enroll support audit",
                administrator.api(0, "admin").post(clients, Map.of("label", "x", "scopes", Administrator.ALL_SCOPES)));
        assertEquals(0, secrets(strong).size());
        assertEquals(3, api.get(clients).json().path("clients").size());

        through.post(clients, Map.of("label", "x", "scopes", List.of("audit"))).expect(201);
        through.patch(strong, Map.of("scopes", List.of("enroll"))).expect(200); // taking away needs no scope
    }

    /** A token outlives its client by minutes, which must not be enough to make another. */
    @Test
    void deletedOrWeakenedClientAdministersNothingWithTheTokenItHas() {
        var gone = Administrator.of(postern, administrator.application(), Administrator.ALL_SCOPES);
        var weaker = Administrator.of(postern, administrator.application(), Administrator.ALL_SCOPES);
        var ofGone = gone.api(1);
        var ofWeaker = weaker.api(1);
        api.delete(clients + "/" + gone.id()).expect(204);
        api.patch(clients + "/" + weaker.id(), Map.of("scopes", List.of("audit")))
                .expect(200);

        ofGone.post(clients, Map.of("label", "x", "scopes", List.of("admin"))).expectProblem(401, "unauthorized");
        ofGone.get("/v1/policy").expectProblem(401, "unauthorized");
        ofWeaker.post(clients, Map.of("label", "x", "scopes", List.of("audit")))
                .expectProblem(403, "insufficient_scope");
        ofWeaker.with("If-Match", "*").put("/v1/policy", Map.of()).expectProblem(403, "insufficient_scope");
    }

    /** What it changes comes before its deletion, or not at all. */
    @Test
    void clientThatIsBeingDeletedChangesNothing() throws Exception {
        var leaving = Administrator.ofConsole(postern);
        var itsApi = leaving.api(1);
        var target = "/v1/applications/" + administrator.application();
        try (var deletion = postern.connect();
                var statement = deletion.prepareStatement("delete from api_client where id = ?")) {
            deletion.setAutoCommit(false);
            statement.setString(1, leaving.id());
            statement.executeUpdate();
            var change = CompletableFuture.supplyAsync(() -> itsApi.patch(target, Map.of("name", "Theirs")));
            Await.until(
                    SOON,
                    "it waits for the deletion, or is done",
                    () -> change.isDone()
                            || sql.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                            + " and query like '%for share of c'")
                                    > 0);
            deletion.commit();
            change.get(SOON.toSeconds(), TimeUnit.SECONDS).expectProblem(401, "unauthorized");
        }
        assertNotEquals("Theirs", api.get(target).expect(200).text("name"));
    }

    @Test
    void secretIsShownOnceAndKeptAsAHash() throws Exception {
        var client = create("verify").expect(201).text("id");
        var made = api.post(clients + "/" + client + "/secrets", Map.of()).expect(201);
        var secret = made.text("secret");

        assertEquals("no-store", made.header("Cache-Control").orElseThrow());
        assertEquals(32, Base64.getUrlDecoder().decode(secret).length);
        administrator.token(1, client, secret).expect(200);
        assertFalse(api.get(clients).body().contains(secret));
        assertEquals(
                0,
                sql.number(
                        "select count(*) from client_secret where encode(digest, 'escape') like ?",
                        "%" + secret + "%"));
        for (var log : postern.logs()) {
            assertFalse(Files.readString(log).contains(secret));
        }
    }

    /** RULES H3: a secret is not shown again. */
    @Test
    void repeatedSecretIsNotShownAgain() {
        var client = create("verify").expect(201).text("id");
        var keyed = api.with("Idempotency-Key", UUID.randomUUID().toString());
        keyed.post(clients + "/" + client + "/secrets", Map.of()).expect(201);

        keyed.post(clients + "/" + client + "/secrets", Map.of()).expectProblem(409, "already_done");
        assertEquals(1, secrets(clients + "/" + client).size());
        var body = Map.of("label", "y", "scopes", List.of("verify"));
        var created = keyed.post(clients, body).expect(201);
        assertEquals(created.body(), keyed.post(clients, body).expect(201).body());
    }

    /** RULES I1 */
    @Test
    void secretIsRotatedWithBothGoodForAWhile() {
        var client = create("verify").expect(201).text("id");
        var path = clients + "/" + client + "/secrets";
        var first = api.post(path, Map.of()).expect(201).text("secret");
        var second =
                api.post(path, Map.of("older_expires_in", 3_600)).expect(201).text("secret");
        assertNotEquals(first, second);
        for (int copy : List.of(0, 1)) {
            administrator.token(copy, client, first).expect(200);
            administrator.token(copy, client, second).expect(200);
        }
        api.post(path, Map.of()).expectProblem(409, "too_many_secrets");
        var shown = secrets(clients + "/" + client);
        assertEquals(2, shown.size());
        assertTrue(shown.at("/0/expires_at").isTextual());
        assertTrue(shown.at("/1/expires_at").isMissingNode());

        sql.change(
                "update client_secret set expires_at = now() - interval '1 second' where client_id = ? and expires_at is not null",
                client);

        for (int copy : List.of(0, 1)) {
            administrator.token(copy, client, first).expect(401); // which was remembered
            administrator.token(copy, client, second).expect(200);
        }
        assertEquals(1, secrets(clients + "/" + client).size());
        api.post(path, Map.of("older_expires_in", 0)).expect(201);
        administrator.token(0, client, second).expect(401);
        for (var wrong : List.of(-1, 2_592_001)) {
            api.post(path, Map.of("older_expires_in", wrong)).expectProblem(400, "malformed_request");
        }
    }

    /** RULES I1: what a copy remembers of a good secret outlives no deletion. */
    @Test
    void deletedSecretIsRefusedByEveryCopyAtOnce() {
        var client = create("verify", "audit").expect(201).text("id");
        var path = clients + "/" + client;
        var made = api.post(path + "/secrets", Map.of()).expect(201);
        for (int copy : List.of(0, 1)) {
            administrator.token(copy, client, made.text("secret")).expect(200);
        }
        api.patch(path, Map.of("scopes", List.of("audit"))).expect(200);
        for (int copy : List.of(0, 1)) {
            assertEquals(
                    "audit",
                    administrator
                            .token(copy, client, made.text("secret"))
                            .expect(200)
                            .text("scope"));
        }

        api.delete(path + "/secrets/" + made.text("id")).expect(204);

        for (int copy : List.of(0, 1)) {
            administrator.token(copy, client, made.text("secret")).expect(401);
        }
        api.delete(path + "/secrets/" + made.text("id")).expectProblem(404, "not_found");
    }

    @Test
    void secretOfAnotherClientIsNotReachedThroughThisOne() {
        var one = create("verify").expect(201).text("id");
        var two = create("verify").expect(201).text("id");
        var secret = api.post(clients + "/" + two + "/secrets", Map.of()).expect(201);

        api.delete(clients + "/" + one + "/secrets/" + secret.text("id")).expectProblem(404, "not_found");
        administrator.token(0, two, secret.text("secret")).expect(200);
    }

    @Test
    void lastSecretThatAdministersGoesOnlyWhenItIsMeant() {
        var path = clients + "/" + administrator.id();
        var secret = sql.texts("select id from client_secret where client_id = ?", administrator.id())
                .getFirst();

        api.delete(path).expectProblem(409, "last_admin");
        api.delete(path + "/secrets/" + secret).expectProblem(409, "last_admin");
        api.patch(path, Map.of("scopes", List.of("audit"))).expectProblem(409, "last_admin");
        assertEquals(
                200,
                administrator
                        .token(1, administrator.id(), administrator.secret())
                        .status());
        assertEquals(0, events("client_deleted") + events("client_changed") + events("client_secret_deleted"));

        var second = create("admin").expect(201).text("id");
        api.delete(path).expectProblem(409, "last_admin"); // a client without a secret is of no use
        api.post(clients + "/" + second + "/secrets", Map.of()).expect(201);
        api.delete(path + "/secrets/" + secret).expect(204);
        assertEquals(0, secrets(path).size());
        api.delete(clients + "/" + second + "?last_admin=maybe").expectProblem(400, "malformed_request");
        api.delete(clients + "/" + second).expectProblem(409, "last_admin");
        api.delete(clients + "/" + second + "?last_admin=true").expect(204);
    }

    /** Each leaves one, both together would leave none. */
    @Test
    void twoDeletionsAtOnceDoNotTakeTheLastTwo() {
        var second = Administrator.of(postern, administrator.application(), Administrator.ALL_SCOPES);
        var copies = List.of(api, second.api(1));
        var ids = List.of(administrator.id(), second.id());

        var answers = Burst.of(2, number -> copies.get(number).delete(clients + "/" + ids.get(1 - number)));

        assertEquals(
                1, answers.stream().filter(answer -> answer.status() == 204).count(), answers::toString);
    }

    @Test
    void ofSecretsMadeAtOnceTwoAreGood() {
        var client = create("verify").expect(201).text("id");
        var answers = Burst.of(
                6, number -> (number % 2 == 0 ? api : other).post(clients + "/" + client + "/secrets", Map.of()));

        assertEquals(
                2, answers.stream().filter(answer -> answer.status() == 201).count());
        assertEquals(2, secrets(clients + "/" + client).size());
    }

    @Test
    void scopesThatAreNoneAreRefused() {
        for (var scopes : List.of(List.of(), List.of("everything"), List.of("VERIFY"))) {
            api.post(clients, Map.of("label", "x", "scopes", scopes)).expectProblem(400, "malformed_request");
        }
        api.patch(clients + "/" + administrator.id(), Map.of("scopes", List.of()))
                .expectProblem(400, "malformed_request");
    }

    private static void refuseEscalation(String scopes, Answer answer) {
        assertEquals(scopes, answer.expectProblem(403, "scope_escalation").text("scopes"));
    }

    private Answer create(String... scopes) {
        return api.post(clients, Map.of("label", "Another", "scopes", List.of(scopes)));
    }

    private JsonNode secrets(String path) {
        var id = path.substring(path.lastIndexOf('/') + 1);
        for (var client : api.get(clients).expect(200).json().path("clients")) {
            if (client.path("id").textValue().equals(id)) {
                return client.path("secrets");
            }
        }
        throw new AssertionError("No client " + id);
    }

    private long events(String type) {
        return sql.number(
                "select count(*) from audit_event where application_id = ? and type = ?",
                administrator.application(),
                type);
    }
}
