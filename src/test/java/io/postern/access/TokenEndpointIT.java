package io.postern.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.FaultLog;
import io.postern.harness.Forger;
import io.postern.harness.Postern;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RULES I1: the token endpoint speaks RFC 6749 whatever it is asked. */
final class TokenEndpointIT {

    private static final String PATH = "/oauth2/token";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String GRANT = "grant_type=client_credentials";
    private static final SeededClient CLIENT = SeededClient.DEMO_ADMIN;

    private final Postern postern = Postern.shared();
    private final Api open = Api.at(postern.first());
    private final Api known = open.withBasic(CLIENT.id(), CLIENT.secret());

    @Test
    void rightSecretGetsATokenOfAllItsScopes() {
        var answer =
                known.postForm(PATH, Map.of("grant_type", "client_credentials")).expect(200);

        assertEquals("Bearer", answer.text("token_type"));
        assertEquals("verify enroll", answer.text("scope"));
        assertEquals(600, answer.json().path("expires_in").intValue());
        assertNotStored(answer);
        assertEquals("no-cache", answer.header("Pragma").orElseThrow());
        var token = answer.text("access_token");
        var claims = Forger.claims(token);
        assertEquals("at+jwt", Forger.header(token).get("typ"));
        assertEquals("ES256", Forger.header(token).get("alg"));
        assertEquals("postern", claims.get("aud"));
        assertEquals(Postern.ISSUER.toString(), claims.get("iss"));
        assertEquals(CLIENT.id(), claims.get("sub"));
        assertEquals(CLIENT.id(), claims.get("client_id"));
        assertEquals("verify enroll", claims.get("scope"));
        assertEquals(600L, Forger.number(claims, "exp") - Forger.number(claims, "iat"));
        assertTrue(claims.containsKey("jti"));
    }

    @ParameterizedTest
    @CsvSource({
        "verify, verify",
        "enroll, enroll",
        "enroll verify, verify enroll",
        "'  enroll  ', enroll",
        "'', verify enroll"
    })
    void subsetOfTheScopesMayBeAskedFor(String asked, String given) {
        var answer = known.postForm(PATH, Map.of("grant_type", "client_credentials", "scope", asked));

        assertEquals(given, answer.expect(200).text("scope"));
        assertEquals(given, Forger.claims(answer.text("access_token")).get("scope"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"admin", "verify admin", "VERIFY", "nothing", "verify\tenroll", "\0", "verify,enroll", "\u00e4"})
    void scopesThatTheClientLacksAreRefused(String scope) {
        refuse(known.postForm(PATH, Map.of("grant_type", "client_credentials", "scope", scope)), 400, "invalid_scope");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic",
                "Basic !!!",
                "Basic bm9jb2xvbg==",
                "Basic Om5vYm9keQ==",
                "Basic ZGVtby1hZG1pbjp3cm9uZw==",
                "Basic bm9ib2R5OndlIGtub3c=",
                "Basic JyBvciAxPTEgLS06eA==",
                "Basic YSUwMGI6eA==",
                "Basic YQBiOng=",
                "Bearer ZGVtby1hZG1pbjpkZW1vLXNlY3JldA==",
                "Digest username=demo-admin",
            })
    void clientIsKnownByItsSecretAlone(String authorization) {
        var answer = open.with("Authorization", authorization).send("POST", PATH, GRANT.getBytes(UTF_8), FORM);

        refuse(answer, 401, "invalid_client");
        assertTrue(answer.header("WWW-Authenticate").orElseThrow().startsWith("Basic realm="));
    }

    @Test
    void missingCredentialsAreAnInvalidClient() {
        refuse(open.send("POST", PATH, GRANT.getBytes(UTF_8), FORM), 401, "invalid_client");
        refuse(open.send("POST", PATH, new byte[0], ""), 401, "invalid_client");
    }

    /** RFC 6749 section 3.2: no field twice, one without a value counts as left out. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "scope=verify",
                "grant_type=",
                "grant_type",
                "grant_type=client_credentials&grant_type=client_credentials",
                "grant_type=client_credentials&scope=verify&scope=enroll",
                "grant_type=client_credentials&other=1&other=2",
                "grant_type=client_credentials&scope=%zz",
                "{\"grant_type\":\"client_credentials\"}",
            })
    void brokenFormIsAnInvalidRequest(String form) {
        refuse(known.send("POST", PATH, form.getBytes(UTF_8), FORM), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "application/json", "text/plain", "application/x-www-form-urlencodedx", "multipart/form-data"
            })
    void otherMediaTypesAreAnInvalidRequest(String contentType) {
        refuse(known.send("POST", PATH, GRANT.getBytes(UTF_8), contentType), 400, "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Application/X-WWW-Form-URLencoded", FORM + "; charset=utf-8", FORM + ";charset=\"UTF-8\""})
    void mediaTypeKnowsNoCase(String contentType) {
        known.send("POST", PATH, GRANT.getBytes(UTF_8), contentType).expect(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "authorization_code", "CLIENT_CREDENTIALS", "client_credentials ", "\u0000"})
    void otherGrantsAreNotSupported(String grant) {
        refuse(known.postForm(PATH, Map.of("grant_type", grant)), 400, "unsupported_grant_type");
    }

    /** Also what is refused before the endpoint itself is reached, by what parses requests and finds resources. */
    @Test
    void whatNeverReachesTheEndpointIsRefusedInItsForm() {
        for (var method : List.of("GET", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")) {
            var answer = known.send(method, PATH, new byte[0], FORM);
            refuse(answer, 405, "invalid_request");
            assertEquals("POST", answer.header("Allow").orElse("none"));
        }
        refuse(
                known.with("Accept", "text/html").send("POST", PATH, GRANT.getBytes(UTF_8), FORM),
                406,
                "invalid_request");
        refuse(known.send("POST", PATH, GRANT.getBytes(UTF_8), ";;;"), 415, "invalid_request");
        refuse(known.send("POST", PATH, new byte[70_000], FORM), 413, "invalid_request");
    }

    /** The attacker may choose the wrong secret; the answer and the log tell nothing of it. */
    @Test
    void refusalsRepeatNothingAndLogNoFault() {
        var log = FaultLog.from(postern);
        for (var secret : List.of("hushhush", "';--", "\u00e4\u20ac", "x".repeat(5_000))) {
            var answer =
                    open.withBasic("nobody-" + secret.hashCode(), secret).postForm(PATH, Map.of("grant_type", secret));
            refuse(answer, 401, "invalid_client");
            assertFalse(answer.body().contains(secret));
        }
        assertEquals(List.of(), log.entries());
    }

    private static void refuse(Answer answer, int status, String error) {
        answer.expect(status);
        assertEquals("{\"error\":\"" + error + "\"}", answer.body());
        assertTrue(answer.header("Content-Type").orElseThrow().startsWith("application/json"));
        assertNotStored(answer);
    }

    private static void assertNotStored(Answer answer) {
        assertEquals("no-store", answer.header("Cache-Control").orElseThrow());
    }
}
