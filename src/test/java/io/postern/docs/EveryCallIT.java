package io.postern.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import io.postern.embedded.Await;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.harness.Totp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Every call of the document answers with success, and as the document says: from the first operator through an application, a
 * person's factors, sign-ins and the help desk to their erasure. So a build of which a part was left out is found.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class EveryCallIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PASSWORD = "seven lamps above the quay";
    private static final String NEXT_PASSWORD = "nine clouds over the harbour";
    private static final Map<String, String> REASON = Map.of("reason", "A test");

    private final Postern postern = Postern.start(Postern.Options.DEFAULT
            .withCopies(1)
            .withDelivery()
            .withEnvironment("POSTERN_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8"));
    private final DocumentedCalls calls = new DocumentedCalls(new DocumentedApi(postern));
    private final Sql sql = Sql.on(postern);
    private final Api nobody = Api.at(postern.first());
    private final String phone = Correspondent.newNumber();

    @AfterAll
    void close() {
        postern.close();
    }

    @Test
    void everyCallAnswersAsTheDocumentSays() throws IOException {
        var admin = firstOperator();
        otherOperators(admin);
        var client = application(admin);
        policy(client);
        var hooks = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hooks.createContext("/", call -> {
            call.sendResponseHeaders(204, -1);
            call.close();
        });
        hooks.start();
        try {
            webhooks(
                    client,
                    "http://127.0.0.1:%d/hook".formatted(hooks.getAddress().getPort()));
        } finally {
            hooks.stop(0);
        }
        imports(client);
        var app = firstFactor(client);
        signIns(client, app);
        var sent = secondFactor(client, app);
        changes(client, app, sent);
        helpDesk(client, sent);
        end(client);
        audit(client);

        assertEquals(List.of(), calls.faults());
        assertEquals(Set.of(), calls.open());
    }

    /** Signs in by codes that are sent by SMS. */
    private Api firstOperator() {
        var address = Correspondent.newAddress();
        var first = calls.call(
                nobody,
                "POST /v1/operators/bootstrap",
                Map.of("secret", Postern.BOOTSTRAP_SECRET, "name", "first", "email", address, "password", PASSWORD));
        var byPassword = nobody.withBasic("first", PASSWORD);
        var enrolling = nobody.withToken(
                calls.call(byPassword, "POST /v1/operators/sign-in").expect(200).text("access_token"));
        calls.at("subject", first.text("id"));
        var pending = calls.call(
                enrolling, "POST /v1/subjects/{subject}/factors", Map.of("type", "sms", "phone_number", phone));
        calls.at("factor", pending.text("id"));
        activate(enrolling, Map.of("code", codes(1)));

        var own = signIn(byPassword, pending.text("id"));
        calls.call(own, "GET /v1/operators/me");
        changePassword(own, first.text("id"), pending.text("id"));
        return signIn(nobody.withBasic("first", NEXT_PASSWORD), pending.text("id"));
    }

    private Api signIn(Api byPassword, String factor) {
        calls.at(
                "challenge",
                calls.call(byPassword, "POST /v1/operators/sign-in").expect(201).text("id"));
        timePasses();
        int before = postern.sms().messagesTo(phone).size();
        calls.call(nobody, "POST /v1/operators/sign-in/{challenge}/send", Map.of("factor", factor));
        var signedIn = calls.call(
                nobody,
                "POST /v1/operators/sign-in/{challenge}/verify",
                Map.of("factor", factor, "code", codes(before + 1)));
        return nobody.withToken(signedIn.text("access_token"));
    }

    private void changePassword(Api own, String operator, String factor) {
        var challenge = calls.call(
                own,
                "POST /v1/challenges",
                Map.of("subject", operator, "purpose", "step_up", "action", "change_password"));
        calls.at("challenge", challenge.text("id"));
        timePasses();
        calls.call(own, "POST /v1/challenges/{challenge}/send", Map.of("factor", factor));
        var proof =
                calls.call(own, "POST /v1/challenges/{challenge}/verify", Map.of("factor", factor, "code", codes(3)));
        calls.call(
                own.with("X-Verification-Token", proof.text("verification_token")),
                "POST /v1/operators/me/password",
                Map.of("current_password", PASSWORD, "new_password", NEXT_PASSWORD));
    }

    private void otherOperators(Api admin) {
        var invited = calls.call(
                admin,
                "POST /v1/operators",
                Map.of("name", "second", "email", Correspondent.newAddress(), "role", "viewer"));
        calls.call(
                nobody,
                "POST /v1/operators/accept-invitation",
                Map.of("invitation", invited.text("invitation"), "password", PASSWORD));
        calls.at("operator", invited.json().at("/operator/id").asText());
        calls.call(admin, "GET /v1/operators");
        calls.call(admin, "GET /v1/operators/{operator}");
        calls.call(admin, "PATCH /v1/operators/{operator}", Map.of("role", "support", "reason", "A test"));
        for (var order : List.of("suspend", "resume", "invitation", "reset")) {
            calls.call(admin, "POST /v1/operators/{operator}/" + order, REASON);
        }
    }

    /** Its client's calls. */
    private Api application(Api admin) {
        var application = calls.call(admin, "POST /v1/applications", Map.of("id", "shop", "name", "Shop"));
        calls.at("application", application.text("id"));
        calls.call(admin, "GET /v1/applications");
        calls.call(admin, "GET /v1/applications/{application}");
        calls.call(admin, "PATCH /v1/applications/{application}", Map.of("return_addresses", List.of()));
        var client = calls.call(
                admin,
                "POST /v1/applications/{application}/clients",
                Map.of("label", "Shop", "scopes", List.of("verify", "enroll", "support", "audit", "admin")));
        calls.at("client", client.text("id"));
        calls.call(admin, "GET /v1/applications/{application}/clients");
        calls.call(admin, "PATCH /v1/applications/{application}/clients/{client}", Map.of("label", "The shop"));
        calls.call(admin, "POST /v1/applications/{application}/suspend");
        calls.call(admin, "POST /v1/applications/{application}/resume");

        var secret = secret(admin);
        var token = calls.call(
                nobody.withBasic(client.text("id"), secret.text("secret")),
                "POST /oauth2/token",
                "grant_type=client_credentials",
                "application/x-www-form-urlencoded");
        calls.call(nobody, "GET /.well-known/jwks.json");
        removals(admin);
        return nobody.withToken(token.text("access_token"));
    }

    private Answer secret(Api admin) {
        return calls.call(
                admin, "POST /v1/applications/{application}/clients/{client}/secrets", Map.of("older_expires_in", 60));
    }

    private void removals(Api admin) {
        var other = calls.call(
                admin,
                "POST /v1/applications/{application}/clients",
                Map.of("label", "Other", "scopes", List.of("audit")));
        calls.at("client", other.text("id"));
        var secret = calls.call(
                admin, "POST /v1/applications/{application}/clients/{client}/secrets", Map.of("older_expires_in", 60));
        calls.at("secret", secret.text("id"));
        calls.call(admin, "DELETE /v1/applications/{application}/clients/{client}/secrets/{secret}");
        calls.call(admin, "DELETE /v1/applications/{application}/clients/{client}");
    }

    private void policy(Api client) {
        calls.call(client, "GET /v1/policy");
        calls.call(
                client.with("If-Match", "*"),
                "PUT /v1/policy",
                Map.of("confirm_email_first", true, "bypass_needs_approval", true));
        calls.call(client, "GET /v1/policy/versions");
    }

    private void webhooks(Api client, String url) {
        var webhook = calls.call(client, "POST /v1/webhooks", Map.of("url", url));
        calls.at("webhook", webhook.text("id"));
        calls.call(client, "GET /v1/webhooks");
        calls.call(client, "PATCH /v1/webhooks/{webhook}", Map.of("description", "Tests"));
        calls.call(client, "POST /v1/webhooks/{webhook}/secrets", Map.of("overlap_hours", 1));
        calls.at(
                "delivery",
                calls.call(client, "POST /v1/webhooks/{webhook}/ping").text("id"));
        Await.until(
                SOON,
                "delivered",
                () -> calls.call(client, "GET /v1/webhooks/{webhook}/deliveries")
                        .body()
                        .contains("\"delivered\""));
        calls.call(client, "POST /v1/webhooks/{webhook}/deliveries/{delivery}/redeliver");
        calls.call(client, "GET /v1/webhooks/{webhook}");
        calls.call(client, "DELETE /v1/webhooks/{webhook}");
    }

    private void imports(Api client) {
        var begun = calls.call(client, "POST /v1/imports", Map.of("actor", "ops-3", "reason", "A test"));
        calls.at("import", begun.text("id"));
        var line = "{\"subject\":\"moved\",\"factors\":[{\"type\":\"totp\",\"secret\":\"%s\"}]}\n"
                .formatted("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
        calls.call(client, "PUT /v1/imports/{import}/lines", line, "application/x-ndjson");
        assertEquals(
                1,
                calls.call(client, "GET /v1/imports/{import}")
                        .json()
                        .path("imported")
                        .intValue());
        calls.call(client, "GET /v1/imports/{import}/report");
    }

    /** An authenticator app, with a code to the known address before it. */
    private App firstFactor(Api client) {
        var address = Correspondent.newAddress();
        calls.at("subject", "owner");
        calls.call(client, "PUT /v1/subjects/{subject}", Map.of("email", address))
                .expect(201);
        calls.call(client, "PUT /v1/subjects/{subject}", Map.of("display_name", "Owner"))
                .expect(200);
        calls.call(client, "PUT /v1/subjects/{subject}/preferences", Map.of("ask_every_sign_in", false));
        var app = begin(client);
        timePasses();
        calls.call(client, "POST /v1/subjects/{subject}/factors/{factor}/send-confirmation");
        var confirmation = Correspondent.codes(postern, address, 2).getLast();
        var activated = activate(client, Map.of("code", app.code(), "email_code", confirmation));
        var recovery = activated.json().at("/recovery_codes/0").asText();
        calls.call(client, "POST /v1/subjects/{subject}/recovery-codes/confirm", Map.of("code", recovery));
        calls.call(client, "GET /v1/subjects/{subject}/factors");
        calls.call(client, "GET /v1/subjects/{subject}/factors/{factor}");
        calls.call(client, "PATCH /v1/subjects/{subject}/factors/{factor}", Map.of("label", "Phone"));
        return app;
    }

    private App begin(Api client) {
        var pending = calls.call(client, "POST /v1/subjects/{subject}/factors", Map.of("type", "totp"));
        calls.at("factor", pending.text("id"));
        return new App(pending.text("id"), pending.text("secret"));
    }

    private void signIns(Api client, App app) {
        var computer = signIn(client, app);
        calls.at("device", computer.text("device"));
        calls.call(client, "GET /v1/subjects/{subject}/devices");
        calls.call(client, "PATCH /v1/subjects/{subject}/devices/{device}", Map.of("name", "Computer at home"));
        challenge(client, Map.of("purpose", "sign_in", "device_token", computer.text("device_token")))
                .expect(200);
        calls.call(client, "POST /v1/policy/dry-run", Map.of("subject", "owner", "purpose", "sign_in"));
        calls.call(client, "GET /v1/subjects/{subject}");
        calls.call(client, "DELETE /v1/subjects/{subject}/devices/{device}");
        signIn(client, app);
        calls.call(client, "DELETE /v1/subjects/{subject}/devices");
    }

    private Answer signIn(Api client, App app) {
        challenge(client, Map.of("purpose", "sign_in")).expect(201);
        return verify(client, app);
    }

    private Answer challenge(Api client, Map<String, ?> members) {
        var body = new HashMap<String, Object>(members);
        body.put("subject", "owner");
        var answer = calls.call(client, "POST /v1/challenges", body);
        calls.at("challenge", answer.json().path("id").asText());
        return answer;
    }

    private Answer verify(Api client, App app) {
        return calls.call(
                client, "POST /v1/challenges/{challenge}/verify", Map.of("factor", app.factor, "code", app.code()));
    }

    private Api proven(Api client, App app, String action) {
        challenge(client, Map.of("purpose", "step_up", "action", action));
        return client.with("X-Verification-Token", verify(client, app).text("verification_token"));
    }

    /** An address; its id. */
    private String secondFactor(Api client, App app) {
        var proven = proven(client, app, "add_factor");
        var address = Correspondent.newAddress();
        var pending =
                calls.call(proven, "POST /v1/subjects/{subject}/factors", Map.of("type", "email", "address", address));
        calls.at("factor", pending.text("id"));
        timePasses();
        calls.call(proven, "POST /v1/subjects/{subject}/factors/{factor}/send");
        activate(proven, Map.of("code", Correspondent.codes(postern, address, 2).getLast()));
        challenge(client, Map.of("purpose", "sign_in"));
        timePasses();
        calls.call(client, "POST /v1/challenges/{challenge}/send", Map.of("factor", pending.text("id")));
        calls.call(client, "GET /v1/challenges/{challenge}");
        return pending.text("id");
    }

    private void changes(Api client, App app, String sent) {
        calls.at("factor", sent);
        lock();
        calls.call(proven(client, app, "unlock_factor"), "POST /v1/subjects/{subject}/factors/{factor}/unlock");
        calls.call(proven(client, app, "new_recovery_codes"), "POST /v1/subjects/{subject}/recovery-codes");
        calls.at("factor", app(client, app).factor);
        calls.call(proven(client, app, "remove_factor"), "DELETE /v1/subjects/{subject}/factors/{factor}");
    }

    /** One more. */
    private App app(Api client, App known) {
        var proven = proven(client, known, "add_factor");
        var app = begin(proven);
        activate(proven, Map.of("code", app.code()));
        return app;
    }

    private void lock() {
        sql.change("update factor set locked_at = now(), failures = 100 where id = ?::uuid", calls.at("factor"));
    }

    private void helpDesk(Api client, String sent) {
        var found = desk(client, "/look-up", Map.of());
        calls.at("factor", sent);
        assertEquals("owner", found.text("subject"));
        lock();
        desk(client, "/factors/{factor}/unlock", Map.of());
        desk(client, "/factors/{factor}/remove", Map.of());
        desk(client, "/devices/forget", Map.of());
        desk(client, "/lift-freeze", Map.of("suspended", "discard"));
        var asked = desk(client, "/bypass-codes", Map.of("minutes", 10)).expect(202);
        calls.at("code", asked.text("id"));
        desk(client, "/bypass-codes/{code}/approve", Map.of("actor", "desk-8"));
    }

    private Answer desk(Api client, String rest, Map<String, ?> more) {
        var body = new HashMap<String, Object>(Map.of("actor", "desk-7", "reason", "A test"));
        body.putAll(more);
        return calls.call(client, "POST /v1/support/subjects/{subject}" + rest, body);
    }

    private void end(Api client) {
        desk(client, "/reset", Map.of());
        // Once more with one factor, which the person turns off.
        sql.change("update application set policy = '{}' where id = 'shop'");
        var app = begin(client);
        activate(client, Map.of("code", app.code()));
        calls.at("device", signIn(client, app).text("device"));
        desk(client, "/devices/{device}/forget", Map.of());
        calls.call(proven(client, app, "disable"), "POST /v1/subjects/{subject}/disable");
        var acting = client.with("X-Actor", "desk-7").with("X-Reason", "A test");
        calls.call(acting, "GET /v1/subjects/{subject}/export");
        calls.call(acting, "DELETE /v1/subjects/{subject}");
        calls.call(acting, "POST /v1/subjects/{subject}/readmit");
    }

    private void audit(Api client) {
        Await.until(
                SOON,
                "sealed",
                () -> calls.call(client, "GET /v1/audit-events").body().contains("subject_erased"));
        calls.call(client.with("Accept", "application/x-ndjson"), "GET /v1/audit-events");
        calls.call(client, "POST /v1/audit-events/verify", Map.of());
    }

    private Answer activate(Api by, Map<String, ?> body) {
        return calls.call(by, "POST /v1/subjects/{subject}/factors/{factor}/activate", body);
    }

    private String codes(int count) {
        return Correspondent.codes(postern, phone, count).getLast();
    }

    /** What was sent is out of the windows of the limits. */
    private void timePasses() {
        postern.redis()
                .command(
                        "EVAL",
                        "for _, key in ipairs(redis.call('KEYS', 'postern:*:sends')) do redis.call('DEL', key) end",
                        "0");
    }

    /** An authenticator app of which each code may be used, as if time had passed since the one before. */
    private final class App {

        private final String factor;
        private final String secret;

        App(String factor, String secret) {
            this.factor = factor;
            this.secret = secret;
        }

        String code() {
            sql.change("update factor set last_step = -1 where id = ?::uuid", factor);
            return Totp.codeAt(secret, Instant.now());
        }
    }
}
