package io.postern.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.embedded.ServiceProcess;
import io.postern.harness.Api;
import io.postern.harness.ExtraCopies;
import io.postern.harness.Postern;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The end of a copy that is told to go (SIGTERM), as in a rolling update: readiness falls while calls are still taken, so that a
 * load balancer has time to notice; then what has begun is finished. What becomes of messages is shown by {@code CleanStopIT}.
 */
final class ShutdownIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int TERM = 128 + 15;
    private static final SeededClient CLIENT = SeededClient.DEMO_ADMIN;

    private final Postern postern = Postern.shared();

    @Test
    void readinessFallsFirstThenWhatHasBegunIsFinished() throws Exception {
        try (var copies = ExtraCopies.beside(postern)) {
            var copy = copies.start(Map.of("QUARKUS_SHUTDOWN_DELAY", "3s"));
            try (var begun = SlowCall.to(copy.baseUrl())) {
                copy.ask();

                Await.until(SOON, "not ready", () -> !copy.isReady());
                var late = Api.at(copy.baseUrl())
                        .withBasic(CLIENT.id(), CLIENT.secret())
                        .postForm("/oauth2/token", Map.of("grant_type", "client_credentials"))
                        .expect(200);
                assertEquals("close", late.header("Connection").orElse("kept open"));
                assertEquals(
                        200,
                        Api.at(copy.baseUrl()).get("/q/health/live").expect(200).status());

                Await.until(SOON, "the copy waits for what has begun", () -> waits(copy));
                assertTrue(begun.finish().startsWith("HTTP/1.1 200 "));
            }
            copy.onExit().get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertEquals(TERM, copy.exitValue());
            assertFalse(copy.logTail(200).contains("Timed out"));
        }
    }

    private static boolean waits(ServiceProcess copy) {
        return copy.logTail(50).contains("Waiting for HTTP requests to complete");
    }

    /** A call for an access token whose body comes in two parts. */
    private record SlowCall(Socket socket, String rest) implements AutoCloseable {

        private static final String BODY = "grant_type=client_credentials";
        private static final int HALF = BODY.length() / 2;

        static SlowCall to(URI base) throws IOException {
            var socket = new Socket(base.getHost(), base.getPort());
            socket.setSoTimeout(Math.toIntExact(SOON.toMillis()));
            var login = Base64.getEncoder()
                    .encodeToString((CLIENT.id() + ":" + CLIENT.secret()).getBytes(StandardCharsets.US_ASCII));
            var head = """
                    POST /oauth2/token HTTP/1.1\r
                    Host: %s\r
                    Authorization: Basic %s\r
                    Content-Type: application/x-www-form-urlencoded\r
                    Content-Length: %d\r
                    \r
                    """.formatted(base.getAuthority(), login, BODY.length());
            write(socket, head + BODY.substring(0, HALF));
            return new SlowCall(socket, BODY.substring(HALF));
        }

        /** Sends the rest and returns the answer, read until the copy has closed the connection. */
        String finish() throws IOException {
            write(socket, rest);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }

        private static void write(Socket socket, String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
