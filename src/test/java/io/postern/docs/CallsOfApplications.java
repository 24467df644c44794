package io.postern.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.net.httpserver.HttpServer;
import io.postern.embedded.Await;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Postern;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes the calls that manage an application, and those of its client that are about nobody. */
final class CallsOfApplications {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final DocumentedCalls calls;
    private final Api nobody;

    CallsOfApplications(DocumentedCalls calls, Postern postern) {
        this.calls = calls;
        this.nobody = Api.at(postern.first());
    }

    /** Its client's calls. */
    Api application(Api admin) {
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

    /** Its policy asks for more than usual, so that there is something to call. */
    void policy(Api client) {
        calls.call(client, "GET /v1/policy");
        calls.call(
                client.with("If-Match", "*"),
                "PUT /v1/policy",
                Map.of("confirm_email_first", true, "bypass_needs_approval", true));
        calls.call(client, "GET /v1/policy/versions");
    }

    /** With a receiver that takes everything. */
    void webhooks(Api client) throws IOException {
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

    void imports(Api client) {
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

    /** After the erasure of somebody. */
    void audit(Api client) {
        Await.until(
                SOON,
                "sealed",
                () -> calls.call(client, "GET /v1/audit-events").body().contains("subject_erased"));
        calls.call(client.with("Accept", "application/x-ndjson"), "GET /v1/audit-events");
        calls.call(client, "POST /v1/audit-events/verify", Map.of());
    }
}
