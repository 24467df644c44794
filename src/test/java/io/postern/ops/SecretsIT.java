package io.postern.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.embedded.Store;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.NoticeLinks;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.harness.Totp;
import io.postern.harness.TraceReceiver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** RULES C4, H3, H4 and section 5: a whole run, then every place, traces too, is searched for every secret that it saw. */
@TestInstance(Lifecycle.PER_CLASS)
final class SecretsIT {
    private static final String SUBJECT = "/v1/subjects/owner";

    private final TraceReceiver traces = TraceReceiver.start();
    private final Postern postern =
            Postern.start(Postern.Options.DEFAULT.withDelivery().withEnvironment(traces.environment()));
    private final Secrets secrets = new Secrets();
    private final String mail = secrets.add("owner-" + UUID.randomUUID() + "@example.com");
    private final Api api = Api.at(postern.first()).withToken(token());
    private final Api other = postern.api(SeededClient.DEMO_ADMIN, 1);

    @AfterAll
    void close() {
        postern.close();
        traces.close();
    }

    @Test
    void noSecretOfARunIsLeftAnywhere() {
        for (var client : SeededClient.ALL) {
            secrets.add(client.secret());
        }
        secrets.add(postern.accessToken(SeededClient.DEMO_ADMIN));
        api.put(SUBJECT, Map.of("email", mail)).expect(201);
        var app = enroll();
        disown();
        var token = signIn(app);
        correspond(app);
        beRemembered(app);
        garbage(app, token);
        var places = new Places(postern);
        places.ofRedis().forEach(secrets::requireNoneIn); // before it is lost
        failingStores(app, token);
        brokenRows(app);

        places.ofCopies().forEach(secrets::requireNoneIn);
        places.ofRedis().forEach(secrets::requireNoneIn);
        requireSealed(places, app);
        requireFull(places);
        requireCleanTraces();
    }

    /** Nor of people: who was meant stands in paths, where they call from and with what in their headers. */
    private void requireCleanTraces() {
        Await.until(
                Duration.ofSeconds(20),
                "the last request",
                () -> traces.spans().stream()
                        .anyMatch(span -> span.name().equals("PUT /v1/subjects/{subject}")
                                && "500".equals(span.attributes().get("http.response.status_code"))));
        var texts = traces.texts();
        secrets.requireNoneIn("a trace", texts);
        var people = new Secrets();
        List.of("owner", "127.0.0.1", "Refused", "Java-http-client").forEach(people::add);
        people.requireNoneIn("a trace", texts);
        var names = traces.spans().stream().map(TraceReceiver.Span::name).collect(Collectors.toSet());
        for (var expected : List.of(
                "POST /v1/challenges/{challenge}/verify",
                "POST /v1/subjects/{subject}/factors",
                "GET /wasnt-me/{token}",
                "POST /oauth2/token",
                "deliver email",
                "deliver sms",
                "send email",
                "send sms",
                "EVALSHA")) {
            assertTrue(names.stream().anyMatch(expected::equalsIgnoreCase), () -> expected + " is not among " + names);
        }
        assertTrue(texts.contains("postgresql"));
    }

    private record App(String factor, String secret, List<String> recoveryCodes) {}

    private String token() {
        var client = SeededClient.DEMO_ADMIN;
        var wrong = secrets.add("wrong-" + UUID.randomUUID());
        var form = Map.of("grant_type", "client_credentials");
        var copy = Api.at(postern.first());
        copy.withBasic(client.id(), wrong).postForm("/oauth2/token", form).expect(401);
        copy.withBasic(wrong, client.id()).postForm("/oauth2/token", form).expect(401);
        copy.postForm("/oauth2/token", Map.of("client_secret", client.secret())).expect(401);
        return secrets.add(copy.withBasic(client.id(), client.secret())
                .postForm("/oauth2/token", form)
                .expect(200)
                .text("access_token"));
    }

    private App enroll() {
        var pending = api.with("Idempotency-Key", "enroll")
                .post(SUBJECT + "/factors", Map.of("type", "totp"))
                .expect(201);
        var app = new App(pending.text("id"), secrets.add(pending.text("secret")), new ArrayList<>());
        secrets.add(pending.text("otpauth_uri"));
        secrets.add(material(app));
        var activate = SUBJECT + "/factors/" + app.factor() + "/activate";
        api.post(activate, Map.of("code", secrets.add("824673"))).expect(422);
        api.post(activate, Map.of("code", code(app, -1)))
                .expect(200)
                .json()
                .path("recovery_codes")
                .forEach(code -> app.recoveryCodes().add(secrets.add(code.textValue())));
        assertEquals(10, app.recoveryCodes().size());
        return app;
    }

    /** What a challenge carries of the factor: the drift, then the secret. */
    private static String material(App app) {
        var secret = new Base32().decode(app.secret());
        return Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(1 + secret.length)
                        .put((byte) 1)
                        .put(secret)
                        .array());
    }

    private String signIn(App app) {
        var challenge = challenge(api);
        verify(api, challenge, app, secrets.add("913746")).expect(422);
        return secrets.add(verify(api, challenge, app, code(app, 0)).expect(200).text("verification_token"));
    }

    /** A link that may take the enrollment back, and is not let. */
    private void disown() {
        var path = new NoticeLinks(postern, mail).newest(1);
        secrets.add(NoticeLinks.token(path));
        for (var copy : List.of(Api.at(postern.first()), Api.at(postern.second()))) {
            copy.get(path).expect(200);
            copy.get(path + "/" + NoticeLinks.token(path)).expect(404);
            copy.post(path).expect(405);
            copy.with("Accept", "image/png").get(path).expect(406);
            copy.postForm("/wasnt-me", Map.of("token", NoticeLinks.token(path))).expect(403);
            copy.post("/wasnt-me", Map.of("token", NoticeLinks.token(path))).expect(415);
        }
    }

    /** Addresses, numbers and codes that are sent and kept. */
    private void correspond(App app) {
        for (var type : List.of("email", "sms")) {
            var destination = secrets.add(type.equals("sms") ? Correspondent.newNumber() : Correspondent.newAddress());
            var stepUp = Map.of("subject", "owner", "purpose", "step_up", "action", "add_factor");
            var challenge = api.post("/v1/challenges", stepUp).expect(201).text("id");
            var proven = api.with("X-Verification-Token", approved(challenge, "recovery_code", recoveryCode(app)));
            var factor = Correspondent.begin(proven, SUBJECT, type, destination)
                    .expect(201)
                    .text("id");
            var first = secrets.add(Correspondent.codes(postern, destination, 1).getFirst());
            proven.post(SUBJECT + "/factors/" + factor + "/activate", Map.of("code", first))
                    .expect(200);
            var signIn = challenge(other);
            postern.redis().command("DEL", "postern:{" + signIn.substring(0, 22) + "}:sends");
            other.post("/v1/challenges/" + signIn + "/send", Map.of("factor", factor))
                    .expect(202);
            approved(
                    signIn,
                    factor,
                    secrets.add(Correspondent.codes(postern, destination, 2).getLast()));
        }
        approved(challenge(api), "recovery_code", recoveryCode(app));
    }

    /** Tokens of a computer: a new one, a used one, one that ends it, and one where none belongs. */
    private void beRemembered(App app) {
        var answer = verify(api, challenge(api), app, code(app, 1)).expect(200);
        secrets.add(answer.text("verification_token"));
        var first = secrets.add(answer.text("device_token"));
        var again = signIn(first).expect(200);
        secrets.add(again.text("verification_token"));
        var second = secrets.add(again.text("device_token"));
        for (var part : (first + "." + second).split("\\.", -1)) {
            secrets.add(part);
        }
        signIn(first).expect(200);
        signIn(first + "x").expect(201);
        other.get(SUBJECT + "/devices/" + second).expect(405);
        other.post("/v1/challenges", Map.of("subject", second, "purpose", "sign_in"))
                .expect(404);
        Sql.on(postern).change("update remembered_device set rotated_at = now() - interval '1 minute'");
        signIn(first).expect(201);
        signIn(second).expect(201);
    }

    private Answer signIn(String deviceToken) {
        return other.with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/v1/challenges", Map.of("subject", "owner", "purpose", "sign_in", "device_token", deviceToken));
    }

    private static String recoveryCode(App app) {
        return app.recoveryCodes().removeFirst();
    }

    private String approved(String challenge, String factor, String code) {
        return secrets.add(other.post("/v1/challenges/" + challenge + "/verify", Map.of("factor", factor, "code", code))
                .expect(200)
                .text("verification_token"));
    }

    /** Secrets where none belong. */
    private void garbage(App app, String token) {
        for (var secret : List.of(app.secret(), token, postern.accessToken(SeededClient.DEMO_ADMIN))) {
            other.get("/v1/challenges/" + secret).expect(404);
            other.get("/v1/" + secret).expect(404);
            other.get(SUBJECT + "/factors/" + secret).expect(404);
            other.post("/v1/challenges", Map.of("subject", "owner", "purpose", secret))
                    .expect(400);
            other.post("/v1/challenges", Map.of(secret, secret)).expect(400);
            other.post("/v1/challenges/" + challenge(other) + "/verify", Map.of("factor", secret, "code", secret))
                    .expect(secret.length() > 64 ? 400 : 409);
            other.with("X-Verification-Token", secret)
                    .post(SUBJECT + "/disable")
                    .expect(403);
            other.with("Accept", secret).get(SUBJECT);
            other.withToken(secret + "x").get(SUBJECT).expect(401);
            var broken = ("{\"email\": \"" + secret).getBytes(StandardCharsets.UTF_8);
            other.send("PUT", SUBJECT, broken, "application/json").expect(400);
            other.send("PUT", SUBJECT, broken, "text/" + secret.replace('.', '-'))
                    .expect(415);
        }
    }

    private void failingStores(App app, String token) {
        for (Store store : List.of(postern.redis(), postern.postgres())) {
            var challenge = challenge(api);
            store.freeze();
            callWithSecrets(challenge, app, token);
            store.kill();
            callWithSecrets(challenge, app, token);
            store.start();
            Await.until(
                    Duration.ofSeconds(15),
                    "healed",
                    () -> api.post("/v1/challenges", Map.of("subject", "owner", "purpose", "sign_in"))
                                    .status()
                            == 201);
        }
    }

    private void callWithSecrets(String challenge, App app, String token) {
        verify(api, challenge, app, code(app, 1));
        api.put(SUBJECT, Map.of("email", secrets.add("another-" + mail)));
        api.with("X-Verification-Token", token).post(SUBJECT + "/disable");
        Api.at(postern.second())
                .withBasic("demo-operator", SeededClient.DEMO_OPERATOR.secret())
                .postForm("/oauth2/token", Map.of("grant_type", "client_credentials"));
    }

    /** Faults of ours, which are logged with their places. */
    private void brokenRows(App app) {
        var challenge = challenge(api);
        var key = "postern:{" + challenge.substring(0, 22) + "}:challenge:" + challenge.substring(22);
        postern.redis().command("HSET", key, "state", app.secret() + "!");
        verify(api, challenge, app, code(app, 1)).expectProblem(500, "internal_error");
        postern.redis().command("DEL", key);
        // Jackson quotes what it cannot read.
        Sql.on(postern)
                .change(
                        "update application set policy = jsonb_build_object('attempts', ?::text) where id = 'demo-admin'",
                        secrets.add("unreadable-" + UUID.randomUUID()));
        other.post("/v1/challenges", Map.of("subject", "owner", "purpose", "sign_in"))
                .expectProblem(500, "policy_invalid");
        Sql.on(postern).change("update application set policy = '{}' where id = 'demo-admin'");
        // Postgres answers a broken constraint with the whole row.
        Sql.on(postern).change("alter table subject add constraint no_such_name check (display_name <> 'Refused')");
        api.put(SUBJECT, Map.of("display_name", "Refused")).expectProblem(500, "internal_error");
    }

    /** RULES H4: at rest a secret is sealed, and of the mail address only the subject's row knows. */
    private void requireSealed(Places places, App app) {
        var bytes = HexFormat.of().formatHex(new Base32().decode(app.secret()));
        places.ofPostgres().forEach((table, rows) -> {
            secrets.requireNoneIn(table, table.equals("subject") ? rows.replace(mail, "") : rows);
            assertTrue(!rows.toLowerCase(Locale.ROOT).contains(bytes), table);
        });
    }

    /** A search of nothing finds nothing. */
    private static void requireFull(Places places) {
        assertEquals(4, places.ofCopies().size());
        places.ofCopies().forEach((place, text) -> assertTrue(text.length() > 1_000, place));
        assertTrue(places.ofCopies().values().iterator().next().contains("is unavailable"));
        assertTrue(places.ofRedis().size() >= 2, () -> places.ofRedis().toString());
        assertTrue(places.ofPostgres().toString().contains("challenge_approved"));
    }

    private String challenge(Api through) {
        return through.post("/v1/challenges", Map.of("subject", "owner", "purpose", "sign_in"))
                .expect(201)
                .text("id");
    }

    private static Answer verify(Api through, String challenge, App app, String code) {
        return through.post("/v1/challenges/" + challenge + "/verify", Map.of("factor", app.factor(), "code", code));
    }

    private String code(App app, int distance) {
        return secrets.add(Totp.code(app.secret(), Totp.step(Instant.now()) + distance));
    }
}
