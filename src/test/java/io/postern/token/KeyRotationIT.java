package io.postern.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.KeyFiles;
import io.postern.embedded.SeededClient;
import io.postern.embedded.ServiceProcess;
import io.postern.harness.Api;
import io.postern.harness.ExtraCopies;
import io.postern.harness.Forger;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * RULES A4: a key comes in three steps, and at each moment of a rolling update two copies that stand one step apart take
 * each other's tokens, as does a front end that reads the keys of either.
 */
final class KeyRotationIT {

    private static final SeededClient CLIENT = SeededClient.DEMO_ADMIN;

    private final Postern postern = Postern.shared();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private record Copy(ServiceProcess process) {

        URI url() {
            return process.baseUrl();
        }

        Api api(String accessToken) {
            return Api.at(url()).withToken(accessToken);
        }

        String accessToken() {
            return Api.at(url())
                    .withBasic(CLIENT.id(), CLIENT.secret())
                    .postForm("/oauth2/token", Map.of("grant_type", "client_credentials"))
                    .expect(200)
                    .text("access_token");
        }
    }

    @Test
    void keyIsReplacedInThreeStepsWithoutARefusal() {
        var old = pair("old");
        var fresh = pair("new");
        try (var copies = ExtraCopies.beside(postern)) {
            var before = start(copies, "0", List.of(old));
            var published = start(copies, "1", List.of(old, fresh));
            standTogether(before, published, "old", "old");
            var keysBefore = Checker.reading(before.url(), CLIENT.application());

            before.process().terminate();
            var signing = start(copies, "2", List.of(fresh, old));
            standTogether(published, signing, "old", "new");
            assertTrue(keysBefore.refuses(proof(signing, signing.accessToken())), "a step that is left out shows");

            published.process().terminate();
            var retired = start(copies, "3", List.of(fresh));
            standTogether(signing, retired, "new", "new");
            assertEquals(
                    List.of("verification-new"),
                    Checker.published(retired.url()).getJsonWebKeys().stream()
                            .map(JsonWebKey::getKeyId)
                            .toList());
        }
    }

    /** Tokens of either copy are good at both, for callers and as proofs, and by the keys that either publishes. */
    private void standTogether(Copy one, Copy two, String oneSigns, String twoSigns) {
        assertSigns(one, oneSigns);
        assertSigns(two, twoSigns);
        for (var made : List.of(one, two)) {
            var token = made.accessToken();
            for (var used : List.of(one, two)) {
                var proof = proof(made, token);
                Checker.reading(used.url(), CLIENT.application()).check(proof);
                used.api(token)
                        .with("X-Verification-Token", proof)
                        .put(subject(proof), Map.of("email", "next@example.com"))
                        .expect(200);
            }
        }
    }

    private static void assertSigns(Copy copy, String key) {
        assertEquals("access-" + key, Forger.header(copy.accessToken()).get("kid"));
    }

    /** A proof for a new mail address that the copy itself has signed. */
    private String proof(Copy copy, String accessToken) {
        return Person.enrolled(postern, copy.api(accessToken)).proof("change_email");
    }

    private static String subject(String proof) {
        return "/v1/subjects/" + Forger.claims(proof).get("sub");
    }

    private record Pair(JsonWebKey verification, JsonWebKey access) {}

    private static Pair pair(String name) {
        return new Pair(KeyFiles.signingKey("verification-" + name), KeyFiles.signingKey("access-" + name));
    }

    private Copy start(ExtraCopies copies, String step, List<Pair> keys) {
        var verification = directory.resolve("verification-" + step + ".jwks");
        var access = directory.resolve("access-" + step + ".jwks");
        KeyFiles.write(verification, keys.stream().map(Pair::verification).toList());
        KeyFiles.write(access, keys.stream().map(Pair::access).toList());
        var process = copies.start(Map.of(
                "POSTERN_KEYS_VERIFICATION_FILE",
                verification.toString(),
                "POSTERN_KEYS_ACCESS_FILE",
                access.toString()));
        return new Copy(process);
    }
}
