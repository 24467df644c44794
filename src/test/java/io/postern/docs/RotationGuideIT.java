package io.postern.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.crypto.KeyRing;
import io.postern.embedded.SeededClient;
import io.postern.harness.Administrator;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RULES A4, H4: the commands of docs/operations.md that change keys and secrets, pasted in order while people sign in. */
final class RotationGuideIT {

    private static final String HEADING = "Changing keys and secrets";
    private static final long LONG_ENOUGH = 540;
    private static final SeededClient CLIENT = SeededClient.DEMO_ADMIN;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void everyKeyIsReplacedAndNoSignInFails() throws IOException, InterruptedException {
        assumeTools();
        try (var postern =
                        Postern.start(Postern.Options.DEFAULT.withEnvironment("POSTERN_HOUSEKEEPING_INTERVAL", "2s"));
                var signIns = SteadySignIns.through(postern)) {
            var resting = Person.enrolled(postern, postern.api(CLIENT));
            var mounted = postern.keys().ring().resolveSibling("");
            Files.createDirectory(directory.resolve("keys"));
            for (var name : List.of("ring.jwks", "verification.jwks", "access.jwks")) {
                Files.copy(mounted.resolve(name), directory.resolve("keys").resolve(name));
            }
            var told = Map.<String, Runnable>of(
                    "rollout", signIns::roll,
                    "sleep-300", signIns::forgetKeys,
                    "sleep-600", signIns::forgetToken,
                    "sleep-900", () -> {});
            try (var platform = Platform.in(directory, mounted, told)) {
                Shell.run(directory, blocks(postern).subList(0, 4), LONG_ENOUGH);
            }
            signIns.close();

            assertEquals(List.of(), signIns.failures(), () -> signIns.passed() + " passed");
            var ring = new KeyRing(postern.keys().ring());
            assertEquals("seal-2", ring.activeId());
            assertFalse(ring.canOpen("seal-1"));
            assertEquals(List.of("seal-2"), Sql.on(postern).texts("select distinct key_id from factor"));
            var fresh = Api.at(postern.first()).withToken(SteadySignIns.token(postern.first()));
            var challenge = resting.challenge(fresh, Map.of("purpose", "sign_in"))
                    .expect(201)
                    .text("id");
            resting.verify(fresh, challenge, resting.code()).expect(200); // what rested is there still
            assertPublishes(postern, "verification-2");
        }
    }

    private static void assertPublishes(Postern postern, String key) {
        for (int copy = 0; copy < 2; copy++) {
            var keys = Api.at(postern.copy(copy).baseUrl())
                    .get("/.well-known/jwks.json")
                    .expect(200)
                    .json()
                    .path("keys");
            assertEquals(1, keys.size());
            assertEquals(key, keys.path(0).path("kid").textValue());
        }
    }

    /** RULES I1: front ends with the old secret and with the new one are served until the old one is ended. */
    @Test
    void secretsOfAClientAndAWebhookAreReplaced() throws IOException, InterruptedException {
        assumeTools();
        try (var postern = Postern.start(Postern.Options.DEFAULT)) {
            var blocks = blocks(postern);
            var prepared = new ArrayList<String>();
            prepared.add("TOKEN=%s\nWEBHOOK=%s\nPOSTERN=%s\n"
                    .formatted(consoleToken(postern), webhook(postern), postern.first()));
            prepared.add(blocks.get(4));
            prepared.add("cp new-secret kept-secret\n"
                    + status(postern, "demo-secret")
                    + status(postern, "$(cat kept-secret)"));
            prepared.add(blocks.get(5));
            prepared.add(status(postern, "demo-secret") + status(postern, "$(cat kept-secret)"));
            prepared.add(blocks.get(6));
            assertEquals(7, blocks.size());

            var printed = Shell.run(directory, prepared);

            assertEquals(List.of("200", "200", "401", "200"), printed.lines().toList());
            assertTrue(Files.readString(directory.resolve("new-webhook-secret")).startsWith("whsec_"));
            assertEquals(
                    2,
                    Sql.on(postern)
                            .number("select count(*) from webhook_secret"
                                    + " where expires_at is null or expires_at > now() + interval '23 hours'"));
        }
    }

    /** Asks the second copy for a token and prints the status. */
    private static String status(Postern postern, String secret) {
        return "curl -s -o answer -w '%%{http_code}\\n' -u \"%s:%s\" -d grant_type=client_credentials %s/oauth2/token\n"
                .formatted(CLIENT.id(), secret, postern.second());
    }

    private static String webhook(Postern postern) {
        return postern.everyScope(CLIENT, 0)
                .post("/v1/webhooks", Map.of("url", "https://8.8.8.8/", "events", List.of("ping"))) // never sent
                .expect(201)
                .text("id");
    }

    private static String consoleToken(Postern postern) {
        var operator = SeededClient.DEMO_OPERATOR;
        var administrator = Administrator.of(postern, operator.application(), Administrator.ALL_SCOPES);
        return administrator
                .token(0, administrator.id(), administrator.secret())
                .expect(200)
                .text("access_token");
    }

    private List<String> blocks(Postern postern) {
        var blocks = new ArrayList<String>();
        Page.of("docs/operations.md").blocksOf(HEADING, "bash").stream()
                .map(block ->
                        block.replace("http://localhost:8080", postern.first().toString()))
                .forEach(blocks::add);
        blocks.addFirst("PATH=\"$PWD/bin:$PATH\"\nset -e\n");
        return blocks;
    }

    private static void assumeTools() {
        for (var tool : List.of("curl", "jq", "openssl")) {
            Shell.assumeInstalled(tool);
        }
    }
}
