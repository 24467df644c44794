package io.postern.demo.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the client behaves towards a server that does not behave; the real service is met in the end-to-end test. */
final class PosternClientTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final HttpServer server;
    private final PosternClient client;
    private volatile HttpHandler answer = reply(200, "{\"subject\":\"owner\",\"two_factor\":\"off\",\"factors\":[]}");

    PosternClientTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        URI base = URI.create("http://localhost:" + server.getAddress().getPort());
        client = new PosternClient(base, "demo admin", "s:cret", clock, Duration.ofMillis(500));
    }

    @BeforeEach
    void serve() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/oauth2/token", exchange -> {
            seen.add("token " + exchange.getRequestHeaders().getFirst("Authorization"));
            reply(200, "{\"access_token\":\"t" + seen.size() + "\",\"expires_in\":600}")
                    .handle(exchange);
        });
        server.createContext("/v1/", exchange -> {
            seen.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getRawPath() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            answer.handle(exchange);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        released.countDown();
        client.close();
        server.stop(0);
    }

    @Test
    void accessTokenIsKeptUntilShortlyBeforeItsEnd() {
        client.subject("owner");
        clock.advance(Duration.ofSeconds(569));
        client.subject("owner");
        assertEquals(1, tokensAsked());

        clock.advance(Duration.ofSeconds(1));
        client.subject("owner");
        assertEquals(2, tokensAsked());
    }

    @Test
    void clientIdAndSecretAreFormEncodedBeforeTheyAreJoined() {
        client.subject("owner");
        assertEquals("token Basic ZGVtbythZG1pbjpzJTNBY3JldA==", seen.getFirst());
    }

    @Test
    void refusedAccessTokenIsReplacedOnce() {
        HttpHandler right = answer;
        answer = exchange -> {
            boolean first = "Bearer t1".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            (first ? reply(401, "{}") : right).handle(exchange);
        };
        assertTrue(client.subject("owner").factors().isEmpty());
        assertEquals(2, tokensAsked());
    }

    @Test
    void secondRefusalOfAnAccessTokenIsNoAnswer() {
        answer = reply(401, "{}");
        assertThrows(UnavailableException.class, () -> client.subject("owner"));
        assertEquals(2, tokensAsked());
    }

    @Test
    void subjectIdIsOneSegmentOfThePath() {
        client.subject("a/../b ?ü");
        assertTrue(seen.getLast().startsWith("GET /v1/subjects/a%2F..%2Fb%20%3F%C3%BC "));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 302})
    void whatIsNeitherYesNorNoIsNoAnswer(int status) {
        answer = reply(status, "{\"status\":\"not_enrolled\"}");
        assertThrows(UnavailableException.class, () -> client.challenge(signIn()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "null", "{}", "{\"status\":7}", "{\"status\":\"approved\"}"})
    void answerOutsideTheContractIsNoAnswer(String body) {
        answer = reply(200, body);
        assertThrows(UnavailableException.class, () -> client.challenge(signIn()));
    }

    @Test
    void approvalWithoutATokenIsNoAnswer() {
        answer = reply(200, "{\"status\":\"approved\"}");
        assertThrows(UnavailableException.class, () -> client.verify("c", "owner", "f", "123456"));
    }

    @Test
    void serverThatAcceptsAndSaysNothingIsNotWaitedFor() {
        answer = exchange -> await();
        assertThrows(UnavailableException.class, () -> client.subject("owner"));
    }

    @Test
    void serverThatStopsInTheMiddleOfItsAnswerIsNotWaitedFor() {
        answer = exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await();
        };
        assertThrows(UnavailableException.class, () -> client.subject("owner"));
    }

    @Test
    void serverThatIsGoneIsNoAnswer() {
        server.stop(0);
        assertThrows(UnavailableException.class, () -> client.subject("owner"));
    }

    @Test
    void refusalTellsItsCodeAndWhatBelongsToIt() {
        answer = exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "45");
            reply(422, "{\"code\":\"invalid_code\",\"attempts_remaining\":4}").handle(exchange);
        };
        var problem = assertThrows(ProblemException.class, () -> client.verify("c", "owner", "f", "123456"));

        assertEquals("invalid_code", problem.code());
        assertEquals(4, problem.attemptsRemaining().orElseThrow());
        assertEquals(Optional.of(Duration.ofSeconds(45)), problem.retryAfter());
    }

    @Test
    void refusalForWantOfAProofTellsTheLevel() {
        answer = reply(
                403, "{\"code\":\"verification_required\",\"acr_values\":\"urn:postern:level:3\",\"max_age\":300}");
        var problem = assertThrows(ProblemException.class, () -> client.disable("owner", Optional.empty()));

        assertTrue(problem.needsProof());
        assertEquals(Level.THREE, problem.levelOfProof());
    }

    private static ChallengeRequest signIn() {
        return new ChallengeRequest(
                "owner",
                Optional.empty(),
                Level.ONE,
                List.of(),
                "nonce",
                "127.0.0.1",
                Optional.empty(),
                Optional.empty());
    }

    private long tokensAsked() {
        return seen.stream().filter(call -> call.startsWith("token ")).count();
    }

    private void await() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static HttpHandler reply(int status, String body) {
        return exchange -> send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
