package io.postern.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Named.named;

import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the demo believes of the real service's tokens. RULES I4. */
@SuppressWarnings("NullAway.Init")
final class DemoIT {
    private static final SeededClient CLIENT = SeededClient.DEMO_ADMIN;
    private static final String USER = "owner";

    private final Postern postern = Postern.shared();
    private AuthenticatorApp app;

    @BeforeEach
    void turnTwoFactorOn() {
        app = enroll(CLIENT);
    }

    @Test
    void tokenOfTheVeryChallengeOpensTheAdminArea() throws Exception {
        try (var swap = new TokenSwap(postern.first(), token -> token);
                Demo demo = demo(swap, Postern.ISSUER.toString(), CLIENT.application());
                var browser = new PlainBrowser(demo.uri())) {
            assertEquals("/home", PlainBrowser.location(signIn(browser)));
            assertTrue(browser.get("/home").body().contains("urn:postern:level:2"));
        }
    }

    @ParameterizedTest
    @MethodSource("otherTokens")
    void anyOtherTokenOpensNothing(Swap other) throws Exception {
        UnaryOperator<String> replacement = token -> other.of(this, token);
        try (var swap = new TokenSwap(postern.first(), replacement);
                Demo demo = demo(swap, Postern.ISSUER.toString(), CLIENT.application());
                var browser = new PlainBrowser(demo.uri())) {
            assertRefused(browser);
        }
    }

    /** What is put in place of the token that the service gave. */
    @FunctionalInterface
    interface Swap {
        String of(DemoIT test, String token);
    }

    static Stream<Named<Swap>> otherTokens() {
        return Stream.of(
                named("of another sign-in of the same person", (test, token) -> test.ownToken(Map.of())),
                named(
                        "of a step-up of the same person",
                        (test, token) -> test.ownToken(Map.of("purpose", "step_up", "action", "disable"))),
                named("of another person", (test, token) -> test.tokenOfSomebodyElse()),
                named("of the same name in another application", (test, token) -> test.tokenOfTheOtherApplication()),
                named("that is an access token", (test, token) -> test.postern.accessToken(CLIENT)),
                named("signed by somebody else", (test, token) -> signedByAnother(token)),
                named("signed by nobody", (test, token) -> unsigned(token)),
                named("with a higher level written in", (test, token) -> raised(token)));
    }

    @ParameterizedTest
    @CsvSource({"http://other.test, demo-admin", "http://postern.test, other-admin"})
    void tokenFromAnotherIssuerOrForAnotherAudienceOpensNothing(String issuer, String audience) throws Exception {
        try (var swap = new TokenSwap(postern.first(), token -> token);
                Demo demo = demo(swap, issuer, audience);
                var browser = new PlainBrowser(demo.uri())) {
            assertRefused(browser);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sign-out",
                "/set-up/begin",
                "/set-up",
                "/set-up/cancel",
                "/set-up/send",
                "/set-up/send-confirmation",
                "/set-up/email",
                "/set-up/sms",
                "/profile/preferences",
                "/computers/rename",
                "/computers/forget",
                "/computers/forget-all",
                "/password",
                "/recovery-codes/confirm",
                "/recovery-codes/later",
                "/recovery-codes/new",
                "/confirm/choose",
                "/confirm/send",
                "/profile/rename",
                "/profile/default",
                "/profile/remove",
                "/profile/turn-off",
                "/confirm"
            })
    void formWithoutTheSecretOfItsVisitorIsRefusedOfAnybody(String path) throws Exception {
        try (Demo demo = Guest.startDemo(postern, CLIENT);
                var browser = new PlainBrowser(demo.uri());
                var other = new PlainBrowser(demo.uri())) {
            signIn(browser);
            assertEquals(403, browser.post(path, Map.of()).statusCode());
            String theirs = other.formSecret("/sign-in");
            assertEquals(403, browser.post(path, Map.of("csrf", theirs)).statusCode());
            assertEquals(200, browser.get("/home").statusCode());
        }
    }

    private static Demo demo(TokenSwap swap, String issuer, String audience) throws IOException {
        return Demo.start(new DemoConfig(0, swap.uri(), issuer, audience, CLIENT.id(), CLIENT.secret()));
    }

    private HttpResponse<String> signIn(PlainBrowser browser) throws IOException, InterruptedException {
        assertEquals("/code", PlainBrowser.location(browser.signIn(USER, "demo")));
        return browser.submitCode(app.newCode());
    }

    private void assertRefused(PlainBrowser browser) throws IOException, InterruptedException {
        HttpResponse<String> answer = signIn(browser);
        assertEquals(502, answer.statusCode());
        assertTrue(answer.body().contains("could not be trusted"));
        assertEquals("/code", PlainBrowser.location(browser.get("/home")));
    }

    private AuthenticatorApp enroll(SeededClient client) {
        AuthenticatorApp.forget(postern, client.application(), USER);
        Api api = postern.api(client);
        api.put("/v1/subjects/" + USER, Map.of("email", "owner@example.com"));
        var pending = api.post("/v1/subjects/" + USER + "/factors", Map.of("type", "totp"))
                .expect(201);
        var enrolled = new AuthenticatorApp(postern, client.application(), USER, pending.text("secret"));
        api.post(
                        "/v1/subjects/" + USER + "/factors/" + pending.text("id") + "/activate",
                        Map.of("code", enrolled.newCode()))
                .expect(200);
        return enrolled;
    }

    private String ownToken(Map<String, String> members) {
        return token(CLIENT, app, members);
    }

    private String tokenOfTheOtherApplication() {
        return token(SeededClient.OTHER_ADMIN, enroll(SeededClient.OTHER_ADMIN), Map.of());
    }

    private String token(SeededClient client, AuthenticatorApp with, Map<String, String> members) {
        Map<String, String> body = new HashMap<>(Map.of("subject", USER, "purpose", "sign_in", "nonce", "another"));
        body.putAll(members);
        Api api = postern.api(client);
        var challenge = api.post("/v1/challenges", body).expect(201);
        return api.post(
                        "/v1/challenges/" + challenge.text("id") + "/verify",
                        Map.of("factor", challenge.json().at("/factors/0/id").textValue(), "code", with.newCode()))
                .expect(200)
                .text("verification_token");
    }

    private String tokenOfSomebodyElse() {
        var person = Person.enrolled(postern, postern.api(CLIENT));
        return person.verify(person.challenge(), person.code()).expect(200).text("verification_token");
    }

    /** The same claims under the same headers, the name of the key included. */
    private static String signedByAnother(String token) {
        try {
            var theirs = new JsonWebSignature();
            theirs.setCompactSerialization(token);
            var forged = new JsonWebSignature();
            forged.setHeader("typ", theirs.getHeader("typ"));
            forged.setKeyIdHeaderValue(theirs.getKeyIdHeaderValue());
            forged.setAlgorithmHeaderValue(theirs.getAlgorithmHeaderValue());
            forged.setPayload(theirs.getUnverifiedPayload());
            forged.setKey(EcJwkGenerator.generateJwk(EllipticCurves.P256).getPrivateKey());
            return forged.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String unsigned(String token) {
        String header = new String(Base64.getUrlDecoder().decode(part(token, 0)), StandardCharsets.UTF_8);
        return encoded(header.replace("ES256", "none")) + "." + part(token, 1) + ".";
    }

    private static String raised(String token) {
        String claims = new String(Base64.getUrlDecoder().decode(part(token, 1)), StandardCharsets.UTF_8);
        return part(token, 0) + "." + encoded(claims.replace("level:2", "level:3")) + "." + part(token, 2);
    }

    private static String part(String token, int index) {
        return token.split("\\.", -1)[index];
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
