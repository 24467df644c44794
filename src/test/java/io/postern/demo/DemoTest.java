package io.postern.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo with no Postern behind it, which is the state in which nobody may get in. */
final class DemoTest {
    private final Demo demo = Demo.start(DemoConfig.of(0, unreachable(), "demo-admin", "demo-secret")
            .withOperator("demo-operator", "operator-secret"));
    private final PlainBrowser browser = new PlainBrowser(demo.uri());

    DemoTest() throws IOException {}

    @AfterEach
    void stop() {
        browser.close();
        demo.close();
    }

    @Test
    void rightPasswordOpensNothingWhilePosternCannotBeReached() throws Exception {
        var answer = browser.signIn("owner", "demo");

        assertEquals(503, answer.statusCode());
        assertTrue(answer.body().contains("nobody is let in"));
        assertEquals("/sign-in", PlainBrowser.location(browser.get("/home")));
        assertEquals("/sign-in", PlainBrowser.location(browser.get("/code")));
    }

    @Test
    void wrongPasswordAndUnknownNameAreAnsweredAlike() throws Exception {
        var wrong = browser.signIn("owner", "wrong");
        var unknown = browser.signIn("nobody", "wrong");

        assertEquals(422, wrong.statusCode());
        assertEquals(wrong.body().replace("owner\" type", "nobody\" type"), unknown.body());
    }

    @Test
    void whatIsMissingIsSaidFieldByField() throws Exception {
        var answer = browser.signIn("", "");

        assertEquals(422, answer.statusCode());
        assertTrue(answer.body().contains("<title>Error: Sign in"));
        assertTrue(answer.body().contains("<a href=\"#username\">Enter your user name.</a>"));
        assertTrue(answer.body().contains("aria-describedby=\"password-error\" aria-invalid=\"true\""));
    }

    @Test
    void typedNameComesBackEscaped() throws Exception {
        assertTrue(browser.signIn("\"><script>", "x").body().contains("value=\"&quot;&gt;&lt;script&gt;\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/home",
                "/profile",
                "/profile/rename",
                "/rules",
                "/audit",
                "/audit.ndjson",
                "/webhooks",
                "/webhooks/endpoint",
                "/code",
                "/code/delivery",
                "/confirm",
                "/confirm/delivery",
                "/set-up",
                "/set-up/choose",
                "/set-up/email",
                "/set-up/delivery",
                "/enroll",
                "/recovery-codes",
                "/recovery-codes.txt",
                "/recovery-codes/confirm"
            })
    void strangersAreLedToTheSignInPage(String path) throws Exception {
        assertEquals("/sign-in", PlainBrowser.location(browser.get(path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/code",
                "/confirm",
                "/set-up",
                "/set-up/begin",
                "/set-up/cancel",
                "/set-up/send",
                "/set-up/send-confirmation",
                "/set-up/email",
                "/set-up/sms",
                "/profile/preferences",
                "/rules",
                "/rules/try",
                "/audit/check",
                "/webhooks",
                "/webhooks/ping",
                "/webhooks/redeliver",
                "/webhooks/secret",
                "/webhooks/switch",
                "/webhooks/remove",
                "/computers/rename",
                "/computers/forget",
                "/computers/forget-all",
                "/password",
                "/recovery-codes/confirm",
                "/recovery-codes/later",
                "/recovery-codes/new",
                "/confirm/choose",
                "/confirm/send",
                "/code/choose",
                "/code/send",
                "/profile/rename",
                "/profile/default",
                "/profile/remove",
                "/profile/turn-off"
            })
    void formsOfStrangersChangeNothing(String path) throws Exception {
        assertEquals(
                "/sign-in", PlainBrowser.location(browser.post(path, Map.of("csrf", browser.formSecret("/sign-in")))));
        assertEquals(403, browser.post(path, Map.of()).statusCode());
    }

    @Test
    void formWithoutTheSecretOfItsVisitorIsRefused() throws Exception {
        String ours = browser.formSecret("/sign-in");
        try (var stranger = new PlainBrowser(demo.uri())) {
            var form = Map.of("username", "owner", "password", "demo", "csrf", ours);
            assertEquals(403, stranger.post("/sign-in", form).statusCode());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sign-in", "/inbox", "/no-such-page"})
    void everyPageCarriesTheHeadersThatProtectIt(String path) throws Exception {
        var headers = browser.get(path).headers();

        String policy = headers.firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; connect-src 'self';"));
        assertTrue(policy.contains("frame-ancestors 'none'"));
        assertFalse(policy.contains("unsafe"));
        assertEquals("no-store", headers.firstValue("Cache-Control").orElseThrow());
        assertEquals("nosniff", headers.firstValue("X-Content-Type-Options").orElseThrow());
        assertEquals("no-referrer", headers.firstValue("Referrer-Policy").orElseThrow());
    }

    @Test
    void cookieIsOutOfReachOfScriptsAndOtherSites() throws Exception {
        String cookie =
                browser.get("/sign-in").headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.matches("demo-admin-session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax"));
    }

    @Test
    void inboxIsAnEmptyArray() throws Exception {
        var answer = browser.get("/inbox.json");

        assertEquals("[]", answer.body());
        assertEquals(
                "application/json", answer.headers().firstValue("Content-Type").orElseThrow());
    }

    @Test
    void nothingIsChangedByAGet() throws Exception {
        var answer = browser.get("/sign-out");

        assertEquals(405, answer.statusCode());
        assertEquals("POST", answer.headers().firstValue("Allow").orElseThrow());
    }

    @Test
    void requestUnderTheNameOfAnotherHostIsRefused() throws Exception {
        assertTrue(rawRequest("Host: evil.example:8090").startsWith("HTTP/1.1 421 "));
        assertTrue(rawRequest("Host: 127.0.0.1:8090").startsWith("HTTP/1.1 200 "));
        assertTrue(rawRequest("X: y").startsWith("HTTP/1.1 421 "));
    }

    @Test
    void portThatIsTakenIsSaidSo() {
        assertThrows(
                BindException.class,
                () -> Demo.start(DemoConfig.of(demo.uri().getPort(), unreachable(), "demo-admin", "demo-secret")));
    }

    private static URI unreachable() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://localhost:" + socket.getLocalPort());
        }
    }

    private String rawRequest(String header) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), demo.uri().getPort())) {
            String request = "GET /sign-in HTTP/1.1\r\n" + header + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
