package io.postern.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Against a server that answers 201 with what it was sent. */
final class ApiTest {
    @SuppressWarnings("NullAway.Init")
    private static HttpServer server;

    @SuppressWarnings("NullAway.Init")
    private static URI base;

    @BeforeAll
    static void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", ApiTest::echo);
        server.start();
        base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterAll
    static void stopServer() {
        server.stop(0);
    }

    private static void echo(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
        exchange.getResponseHeaders().add("Method", exchange.getRequestMethod());
        exchange.getResponseHeaders().add("Path", exchange.getRequestURI().toString());
        exchange.getResponseHeaders()
                .add("Seen", String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        exchange.sendResponseHeaders(201, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void bodiesAreSentAndReadAsJson() {
        Answer answer = Api.at(base).withToken("t").post("/v1/challenges", Map.of("subject", "owner"));

        assertEquals("owner", answer.expect(201).text("subject"));
        assertEquals("POST", answer.header("method").orElseThrow());
        assertEquals("Bearer t", answer.header("seen").orElseThrow());
    }

    @Test
    void pathsAreSentAsWritten() {
        Answer answer = Api.at(base).delete("/v1/subjects/a%2Fb?x=%00");

        assertEquals(
                "DELETE /v1/subjects/a%2Fb?x=%00",
                answer.header("Method").orElseThrow() + " "
                        + answer.header("Path").orElseThrow());
        assertTrue(answer.json().isMissingNode());
    }

    @Test
    void bytesAreSentAsGiven() {
        Answer answer = Api.at(base).send("PUT", "/", "{\"a\":".getBytes(StandardCharsets.UTF_8), "text/plain");

        assertEquals("{\"a\":", answer.body());
        assertThrows(AssertionError.class, answer::json);
    }

    @Test
    void formsAreEncoded() {
        assertEquals(
                "grant_type=a%26b",
                Api.at(base).postForm("/", Map.of("grant_type", "a&b")).body());
    }

    @Test
    void unexpectedAnswersFailAndShowThemselves() {
        Answer answer = Api.at(base).post("/", Map.of("code", "invalid_code"));

        AssertionError failure = assertThrows(AssertionError.class, () -> answer.expect(200));
        assertTrue(String.valueOf(failure.getMessage()).contains("invalid_code"));
        assertThrows(AssertionError.class, () -> answer.expectProblem(201, "challenge_closed"));
        assertEquals(answer, answer.expectProblem(201, "invalid_code"));
    }

    @Test
    void wireSendsWhatNoClientWould() {
        byte[] request =
                "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

        assertEquals(400, Wire.status(Wire.exchange(base, request)));
        assertEquals(0, Wire.status(""));
    }
}
