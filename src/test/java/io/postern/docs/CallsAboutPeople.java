package io.postern.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.harness.Totp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Makes the calls about one person, from their registration to their erasure, as a front end and as a help desk. */
final class CallsAboutPeople {

    private final DocumentedCalls calls;
    private final Postern postern;
    private final Api client;
    private final Sql sql;

    CallsAboutPeople(DocumentedCalls calls, Postern postern, Api client) {
        this.calls = calls;
        this.postern = postern;
        this.client = client;
        this.sql = Sql.on(postern);
    }

    void all() {
        var app = firstFactor();
        signIns(app);
        var sent = secondFactor(app);
        changes(app, sent);
        helpDesk(sent);
        end();
    }

    /** An authenticator app, with a code to the known address before it. */
    private App firstFactor() {
        var address = Correspondent.newAddress();
        calls.at("subject", "owner");
        calls.call(client, "PUT /v1/subjects/{subject}", Map.of("email", address))
                .expect(201);
        calls.call(client, "PUT /v1/subjects/{subject}", Map.of("display_name", "Owner"))
                .expect(200);
        calls.call(client, "PUT /v1/subjects/{subject}/preferences", Map.of("ask_every_sign_in", false));
        var app = begin(client);
        Correspondent.nothingWasSent(postern);
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

    private App begin(Api by) {
        var pending = calls.call(by, "POST /v1/subjects/{subject}/factors", Map.of("type", "totp"));
        calls.at("factor", pending.text("id"));
        return new App(pending.text("id"), pending.text("secret"));
    }

    private void signIns(App app) {
        var computer = signIn(app);
        calls.at("device", computer.text("device"));
        calls.call(client, "GET /v1/subjects/{subject}/devices");
        calls.call(client, "PATCH /v1/subjects/{subject}/devices/{device}", Map.of("name", "Computer at home"));
        challenge(Map.of("purpose", "sign_in", "device_token", computer.text("device_token")))
                .expect(200);
        calls.call(client, "POST /v1/policy/dry-run", Map.of("subject", "owner", "purpose", "sign_in"));
        calls.call(client, "GET /v1/subjects/{subject}");
        calls.call(client, "DELETE /v1/subjects/{subject}/devices/{device}");
        signIn(app);
        calls.call(client, "DELETE /v1/subjects/{subject}/devices");
    }

    private Answer signIn(App app) {
        challenge(Map.of("purpose", "sign_in")).expect(201);
        return verify(app);
    }

    private Answer challenge(Map<String, ?> members) {
        var body = new HashMap<String, Object>(members);
        body.put("subject", "owner");
        var answer = calls.call(client, "POST /v1/challenges", body);
        calls.at("challenge", answer.json().path("id").asText());
        return answer;
    }

    private Answer verify(App app) {
        return calls.call(
                client, "POST /v1/challenges/{challenge}/verify", Map.of("factor", app.factor, "code", app.code()));
    }

    private Api proven(App app, String action) {
        challenge(Map.of("purpose", "step_up", "action", action));
        return client.with("X-Verification-Token", verify(app).text("verification_token"));
    }

    /** An address; its id. */
    private String secondFactor(App app) {
        var proven = proven(app, "add_factor");
        var address = Correspondent.newAddress();
        var pending =
                calls.call(proven, "POST /v1/subjects/{subject}/factors", Map.of("type", "email", "address", address));
        calls.at("factor", pending.text("id"));
        Correspondent.nothingWasSent(postern);
        calls.call(proven, "POST /v1/subjects/{subject}/factors/{factor}/send");
        activate(proven, Map.of("code", Correspondent.codes(postern, address, 2).getLast()));
        challenge(Map.of("purpose", "sign_in"));
        Correspondent.nothingWasSent(postern);
        calls.call(client, "POST /v1/challenges/{challenge}/send", Map.of("factor", pending.text("id")));
        calls.call(client, "GET /v1/challenges/{challenge}");
        return pending.text("id");
    }

    private void changes(App app, String sent) {
        calls.at("factor", sent);
        lock();
        calls.call(proven(app, "unlock_factor"), "POST /v1/subjects/{subject}/factors/{factor}/unlock");
        calls.call(proven(app, "new_recovery_codes"), "POST /v1/subjects/{subject}/recovery-codes");
        calls.at("factor", app(app).factor);
        calls.call(proven(app, "remove_factor"), "DELETE /v1/subjects/{subject}/factors/{factor}");
    }

    /** One more. */
    private App app(App known) {
        var proven = proven(known, "add_factor");
        var app = begin(proven);
        activate(proven, Map.of("code", app.code()));
        return app;
    }

    private void lock() {
        sql.change("update factor set locked_at = now(), failures = 100 where id = ?::uuid", calls.at("factor"));
    }

    private void helpDesk(String sent) {
        var found = desk("/look-up", Map.of());
        calls.at("factor", sent);
        assertEquals("owner", found.text("subject"));
        lock();
        desk("/factors/{factor}/unlock", Map.of());
        desk("/factors/{factor}/remove", Map.of());
        desk("/devices/forget", Map.of());
        desk("/lift-freeze", Map.of("suspended", "discard"));
        var asked = desk("/bypass-codes", Map.of("minutes", 10)).expect(202);
        calls.at("code", asked.text("id"));
        desk("/bypass-codes/{code}/approve", Map.of("actor", "desk-8"));
    }

    private Answer desk(String rest, Map<String, ?> more) {
        var body = new HashMap<String, Object>(Map.of("actor", "desk-7", "reason", "A test"));
        body.putAll(more);
        return calls.call(client, "POST /v1/support/subjects/{subject}" + rest, body);
    }

    private void end() {
        desk("/reset", Map.of());
        // Once more with one factor, which the person turns off.
        sql.change("update application set policy = '{}' where id = 'shop'");
        var app = begin(client);
        activate(client, Map.of("code", app.code()));
        calls.at("device", signIn(app).text("device"));
        desk("/devices/{device}/rename", Map.of("name", "At home"));
        desk("/devices/{device}/forget", Map.of());
        calls.call(proven(app, "disable"), "POST /v1/subjects/{subject}/disable");
        var acting = client.with("X-Actor", "desk-7").with("X-Reason", "A test");
        calls.call(acting, "GET /v1/subjects/{subject}/export");
        calls.call(acting, "DELETE /v1/subjects/{subject}");
        calls.call(acting, "POST /v1/subjects/{subject}/readmit");
    }

    private Answer activate(Api by, Map<String, ?> body) {
        return calls.call(by, "POST /v1/subjects/{subject}/factors/{factor}/activate", body);
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
