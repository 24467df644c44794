package io.postern.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Forger;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;

/** RULES A1 to A3, B4: what a token says, checked with the published keys and nothing else. */
final class VerificationTokenIT {

    private static final Set<String> CLAIMS = Set.of(
            "iss",
            "aud",
            "sub",
            "jti",
            "iat",
            "exp",
            "auth_time",
            "amr",
            "acr",
            "challenge",
            "purpose",
            "factor",
            "subject_version");

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN);
    private final Checker checker = Checker.reading(postern.second(), "demo-admin");
    private final Person person = Person.enrolled(postern, api);

    @Test
    void signInTokenSaysWhoProvedWhatAndWhen() throws Exception {
        long before = Instant.now().getEpochSecond();
        var challenge = challenge(Map.of("purpose", "sign_in"));
        var token = verify(challenge);
        long after = Instant.now().getEpochSecond();

        var claims = checker.check(token);

        assertEquals(CLAIMS, claims.getClaimNames());
        assertEquals(Postern.ISSUER.toString(), claims.getIssuer());
        assertEquals(List.of("demo-admin"), claims.getAudience());
        assertEquals(person.subject(), claims.getSubject());
        assertEquals(challenge, claims.getStringClaimValue("challenge"));
        assertEquals("sign_in", claims.getStringClaimValue("purpose"));
        assertEquals(person.factor(), claims.getStringClaimValue("factor"));
        assertEquals("urn:postern:level:2", claims.getStringClaimValue("acr"));
        assertEquals(List.of("otp", "mfa"), claims.getStringListClaimValue("amr"));
        long issued = claims.getIssuedAt().getValue();
        assertTrue(issued >= before && issued <= after);
        assertEquals(issued, number(claims, "auth_time"));
        assertEquals(issued + 300, claims.getExpirationTime().getValue());
    }

    @Test
    void headerNamesTypeAlgorithmAndAPublishedKey() {
        var header = Forger.header(verify(challenge(Map.of("purpose", "sign_in"))));

        assertEquals(Set.of("typ", "alg", "kid"), header.keySet());
        assertEquals("postern-verification+jwt", header.get("typ"));
        assertEquals("ES256", header.get("alg"));
        assertTrue(Checker.published(postern.first()).getJsonWebKeys().stream()
                .map(JsonWebKey::getKeyId)
                .anyMatch(id -> id.equals(header.get("kid"))));
    }

    @Test
    void stepUpTokenNamesItsAction() throws Exception {
        var claims = checker.check(person.proof("remove_factor"));

        assertEquals("step_up", claims.getStringClaimValue("purpose"));
        assertEquals("remove_factor", claims.getStringClaimValue("action"));
        var without = checker.check(verify(challenge(Map.of("purpose", "step_up"))));
        assertFalse(without.hasClaim("action"));
    }

    @Test
    void nonceComesBackAsItWasGiven() throws Exception {
        for (var nonce : List.of("n-0S6_WzA2Mj", "ä\"\\</script> 😀", "x".repeat(255))) {
            var challenge = challenge(Map.of("purpose", "sign_in", "nonce", nonce));
            assertEquals(nonce, checker.check(verify(challenge)).getStringClaimValue("nonce"));
        }
    }

    @Test
    void tokensAreEachOnlyThemselves() throws Exception {
        var one = checker.check(verify(challenge(Map.of("purpose", "sign_in"))));
        var two = checker.check(verify(challenge(Map.of("purpose", "sign_in"))));
        assertNotEquals(one.getJwtId(), two.getJwtId());
    }

    @Test
    void tokenIsForItsApplicationAlone() {
        var token = verify(challenge(Map.of("purpose", "sign_in")));
        assertTrue(Checker.reading(postern.first(), "other-admin").refuses(token));
    }

    @Test
    void accessTokenIsNoVerificationToken() {
        assertTrue(checker.refuses(postern.accessToken(SeededClient.DEMO_ADMIN)));
    }

    @Test
    void publishedKeysAreThoseOfVerificationTokensAndPublicHalvesOnly() throws Exception {
        var answer = Api.at(postern.first()).get("/.well-known/jwks.json").expect(200);

        assertEquals("public, max-age=300", answer.header("Cache-Control").orElseThrow());
        var keys = answer.json().path("keys");
        assertEquals(1, keys.size());
        var members = new TreeSet<String>();
        keys.get(0).fieldNames().forEachRemaining(members::add);
        assertEquals(Set.of("kty", "kid", "use", "alg", "crv", "x", "y"), members);
        for (var file : List.of(
                postern.keys().ring(), postern.keys().access(), postern.keys().verification())) {
            for (var secret : secrets(Files.readString(file))) {
                assertFalse(answer.body().contains(secret), "shows a secret of " + file);
            }
        }
        assertFalse(answer.body().contains("access-1"));
    }

    /** A token is seen by whoever verified the code, and never again. */
    @Test
    void tokenIsNotToldAgain() {
        var challenge = challenge(Map.of("purpose", "sign_in"));
        var token = verify(challenge);

        var state = api.get("/v1/challenges/" + challenge).expect(200);

        assertEquals("approved", state.text("status"));
        assertFalse(state.body().contains(token) || state.body().contains("token"));
        person.verify(challenge, person.code()).expectProblem(409, "challenge_closed");
    }

    private String challenge(Map<String, String> members) {
        return person.challenge(api, members).expect(201).text("id");
    }

    private String verify(String challenge) {
        return person.verify(challenge, person.code()).expect(200).text("verification_token");
    }

    private static long number(JwtClaims claims, String name) throws Exception {
        return claims.getClaimValue(name, Long.class);
    }

    private static List<String> secrets(String keySet) throws Exception {
        JsonNode keys = new ObjectMapper().readTree(keySet).path("keys");
        return keys.findValuesAsText("d").isEmpty() ? keys.findValuesAsText("k") : keys.findValuesAsText("d");
    }
}
