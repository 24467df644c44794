package io.postern.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.KeyFiles;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.junit.jupiter.api.Test;

/** RULES H4: the key ring changes under two serving copies. */
final class KeyRotationIT {

    private static final Duration RESEALED = Duration.ofSeconds(30);

    @Test
    void secretsAreResealedWhileCopiesServeAndTheOldKeyCanGo() throws Exception {
        try (var postern =
                Postern.start(Postern.Options.DEFAULT.withEnvironment("POSTERN_HOUSEKEEPING_INTERVAL", "2s"))) {
            var person = Person.enrolled(postern, postern.api(SeededClient.DEMO_ADMIN));
            postern.api(SeededClient.DEMO_ADMIN)
                    .with("X-Verification-Token", person.proof("change_email"))
                    .put(person.path(), Map.of("email", "new@example.com"))
                    .expect(200);
            var open = person.challenge();
            var webhook = postern.everyScope(SeededClient.DEMO_ADMIN, 0)
                    .post("/v1/webhooks", Map.of("url", "https://8.8.8.8/", "events", List.of("ping"))) // never sent
                    .expect(201);
            var trail = verifyTrail(postern, Map.of()).text("head");
            var old = keys(postern);
            var fresh = KeyFiles.sealingKey("seal-2");

            rollOut(postern, ring(old.get(0), fresh, old.get(1))); // every copy can open what the new key will seal
            person.verify(open, person.code()).expect(200);
            assertEquals("seal-1", keyOf(postern, person));

            var unreadable = unreadableFactor(postern, person);
            rollOut(postern, ring(fresh, old.get(0), old.get(1))); // the new key seals
            person.verify(person.challenge(), person.code()).expect(200);
            assertTrue(Await.holdsWithin(RESEALED, () -> "seal-2".equals(keyOf(postern, person))));
            var ofEmails = "select distinct key_id from subject_change where former_email is not null";
            assertTrue(Await.holdsWithin(
                    RESEALED, () -> List.of("seal-2").equals(Sql.on(postern).texts(ofEmails))));
            assertTrue(Await.holdsWithin(
                    RESEALED,
                    () -> Sql.on(postern).number("select count(*) from webhook_secret where key_id = 'seal-2'") == 1));

            assertTrue(Await.holdsWithin(
                    RESEALED,
                    () -> Sql.on(postern)
                            .texts("select distinct key_id from former_address")
                            .equals(List.of("seal-2"))));

            assertTrue(Await.holdsWithin(RESEALED, () -> told(postern, "resealed_total") >= 4));
            assertTrue(Await.holdsWithin(RESEALED, () -> told(postern, "older_keys") == 2)); // once by each copy
            Sql.on(postern).change("delete from factor where id = ?", unreadable);
            assertTrue(Await.holdsWithin(RESEALED, () -> told(postern, "older_keys") == 0));

            rollOut(postern, ring(fresh, old.get(1))); // the old key is gone
            var export = postern.api(SeededClient.DEMO_OPERATOR)
                    .with("X-Actor", "desk-7")
                    .with("X-Reason", "A look")
                    .get(person.path("/export"))
                    .expect(200)
                    .json();
            assertEquals(
                    "person@example.com",
                    export.at("/former_addresses/0/address").textValue());
            person.verify(person.challenge(), person.code()).expect(200);
            assertEquals(webhook.text("secret"), secretOfTheWebhook(postern));
            var verified = verifyTrail(postern, Map.of("known", trail)); // RULES H5
            assertTrue(verified.json().path("intact").booleanValue(), verified::toString);
        }
    }

    /** What no key opens stays sealed by its own. */
    private static UUID unreadableFactor(Postern postern, Person person) {
        var factor = UUID.randomUUID();
        Sql.on(postern)
                .change(
                        "insert into factor (id, subject_id, type, label, status, key_id, secret)"
                                + " select ?, id, 'totp', 'Unreadable', 'suspended', 'seal-1', '' from subject"
                                + " where external_id = ?",
                        factor,
                        person.subject());
        return factor;
    }

    /** The sum over the copies. */
    private static double told(Postern postern, String metric) {
        return Stream.of(postern.first(), postern.second())
                .flatMap(copy ->
                        Api.at(copy).get("/q/metrics").expect(200).body().lines())
                .filter(line -> line.startsWith("postern_secrets_" + metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static Answer verifyTrail(Postern postern, Map<String, String> body) {
        return postern.api(SeededClient.DEMO_OPERATOR)
                .post("/v1/audit-events/verify", body)
                .expect(200);
    }

    /** As the ring opens it now. */
    private static String secretOfTheWebhook(Postern postern) {
        var sql = Sql.on(postern);
        var id = sql.texts("select id from webhook_secret").getFirst();
        var bytes = HexFormat.of()
                .parseHex(sql.texts("select encode(secret, 'hex') from webhook_secret")
                        .getFirst());
        var box = new SecretBox(new KeyRing(postern.keys().ring()), new SecureRandom());
        return new String(
                box.open(new Sealed("seal-2", bytes), new Place("webhook_secret", "secret", id)),
                StandardCharsets.UTF_8);
    }

    private static List<JsonWebKey> keys(Postern postern) throws Exception {
        return new JsonWebKeySet(Files.readString(postern.keys().ring())).getJsonWebKeys();
    }

    private static List<JsonWebKey> ring(JsonWebKey... keys) {
        return new ArrayList<>(List.of(keys));
    }

    private static void rollOut(Postern postern, List<JsonWebKey> ring) {
        KeyFiles.write(postern.keys().ring(), ring);
        postern.restart(0);
        postern.restart(1);
    }

    private static String keyOf(Postern postern, Person person) {
        try (var connection = postern.connect();
                var statement = connection.prepareStatement("select key_id from factor where id = ?::uuid")) {
            statement.setString(1, person.factor());
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
