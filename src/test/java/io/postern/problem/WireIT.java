package io.postern.problem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.FaultLog;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What no client library would send. The HTTP server refuses some of it itself, before anything of ours is asked: then the
 * answer has no body, or there is none. Never is it a fault of ours, and never is the next request in trouble.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class WireIT {

    private static final int REFUSED_WITHOUT_BODY = 0;

    private final Postern postern = Postern.shared();
    private final Person person = Person.registered(postern, postern.api(SeededClient.DEMO_ADMIN));
    private final FaultLog log = FaultLog.from(postern);

    @AfterEach
    void copyServes() {
        postern.api(SeededClient.DEMO_ADMIN).get(person.path()).expect(200);
    }

    /** At the end of all, for a copy that sees a connection break logs it, if at all, when the caller is gone. */
    @AfterAll
    void noFaultIsLogged() {
        var _ = Await.holdsWithin(Duration.ofSeconds(1), () -> !log.entries().isEmpty());
        assertEquals(List.of(), log.entries());
    }

    /** RULES B3: not taken for another path, whatever a server makes of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/subjects/%s;a=b",
                "/v1/subjects/x/../%s",
                "/v1/subjects/./%s",
                "//v1/subjects/%s",
                "/v1//subjects/%s",
                "/v1/subjects/%%2e/%s",
                "/v1/subjects/%s;",
                "/v1/subjects/%s/."
            })
    void pathThatMeansAnotherIsRefusedWithAProblem(String path) {
        var answer = get(path.formatted(person.subject()));
        assertEquals(400, Wire.status(answer), answer);
        assertTrue(answer.contains("\"code\":\"malformed_request\""), answer);
    }

    @Test
    void requestWithoutAHostIsRefusedWithAProblem() {
        var answer = Wire.exchange(postern.first(), "GET / HTTP/1.1\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
        assertEquals(400, Wire.status(answer), answer);
        assertTrue(answer.contains("\"code\":\"malformed_request\""), answer);
    }

    @Test
    void bodyThatSaysItIsTooLargeIsRefusedWithAProblemAndNotRead() {
        for (var length : List.of("65537", "9999999999", "9223372036854775807")) {
            var answer = brokenOff(head("PUT " + person.path(), "Content-Length: " + length) + "\r\n");
            assertEquals(413, Wire.status(answer), answer);
            assertTrue(answer.contains("\"code\":\"body_too_large\""), answer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%zz", "%%", "%%2", "x?y=%%zz"})
    void pathThatCannotBeDecodedIsRefused(String id) {
        assertBare(400, get("/v1/subjects/" + id.formatted()));
    }

    @Test
    void linesThatAreTooLongAreRefused() {
        assertBare(414, get("/v1/subjects/" + "x".repeat(5_000)));
        assertBare(431, exchange("GET " + person.path(), "X-Long: " + "x".repeat(20_000), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no colon",
                "X-Nul: a\0b",
                "X-Del: a\u007fb",
                "X Space: a",
                "Content-Length: -5",
                "Content-Length: x",
                "Content-Length: 1\r\nContent-Length: 2",
            })
    void brokenHeadersAreRefused(String header) {
        assertBare(400, exchange("GET " + person.path(), header, ""));
    }

    @Test
    void chunkedBodyOver64KiBIsRefused() {
        var chunk = "ffff\r\n" + " ".repeat(0xffff) + "\r\n";
        var answer = chunked(chunk + chunk + "0\r\n\r\n");
        // The server closes while the caller still sends, which may cost the caller the answer.
        int status = Wire.status(answer);
        assertTrue(status == REFUSED_WITHOUT_BODY || status == 413, answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n{}\r\n0\r\n\r\n", "-1\r\n", "ffffffffffffffffff\r\n{}"})
    void brokenChunksAreRefused(String body) {
        int status = Wire.status(chunked(body));
        assertTrue(status == REFUSED_WITHOUT_BODY || status == 400 || status == 413, "status " + status);
    }

    /** The caller goes away in the middle of a body. */
    @Test
    void bodyThatBreaksOffIsNoFault() {
        assertEquals(REFUSED_WITHOUT_BODY, Wire.status(breakOff("Content-Length: 500", "{\"display_name\":\"a")));
        assertEquals(REFUSED_WITHOUT_BODY, Wire.status(breakOff("Transfer-Encoding: chunked", "5\r\n{\"dis")));
    }

    /** Two lengths of one body: whoever stands before us may see another request behind it than we do. */
    @Test
    void nothingHidesBehindABody() {
        var hidden = "GET /v1/subjects/hidden HTTP/1.1\r\nHost: x\r\n\r\n";
        var answer = exchange(
                "PUT " + person.path(),
                "Content-Type: application/json\r\nContent-Length: 7\r\nTransfer-Encoding: chunked",
                "2\r\n{}\r\n0\r\n\r\n" + hidden);
        assertEquals(1, answer.split("HTTP/1\\.1 ", -1).length - 1, answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\1\2\3\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
                "\u0016\u0003\u0001\u0002\0\u0001\r\n\r\n",
                "{}\r\n\r\n"
            })
    void whatIsNoHttpGetsNoAnswerOfOurs(String bytes) {
        var answer = brokenOff(bytes);
        int status = Wire.status(answer);
        assertTrue(status == REFUSED_WITHOUT_BODY || status == 400 || status == 501 || status == 505, answer);
    }

    @Test
    void lineBreaksInAPathMakeNoHeader() {
        var answer = get("/v1/subjects/x%0d%0aSet-Cookie:%20a=b");
        assertEquals(400, Wire.status(answer), answer);
        assertFalse(answer.toLowerCase(Locale.ROOT).contains("\r\nset-cookie"), answer);
    }

    private static void assertBare(int status, String answer) {
        assertEquals(status, Wire.status(answer), answer);
        assertFalse(answer.contains("Exception") || answer.contains("postern."), answer);
    }

    private String get(String path) {
        return exchange("GET " + path, "X-Nothing: a", "");
    }

    private String chunked(String body) {
        return exchange("PUT " + person.path(), "Content-Type: application/json\r\nTransfer-Encoding: chunked", body);
    }

    private String exchange(String line, String header, String body) {
        return Wire.exchange(
                postern.first(), (head(line, header) + "Connection: close\r\n\r\n" + body).getBytes(ISO_8859_1));
    }

    private String breakOff(String header, String body) {
        return brokenOff(head("PUT " + person.path(), "Content-Type: application/json\r\n" + header) + "\r\n" + body);
    }

    /** Sends no more after these bytes, and says so. */
    private String brokenOff(String bytes) {
        try (var socket = new Socket(postern.first().getHost(), postern.first().getPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (SocketException e) {
            return ""; // reset, which is no answer either
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String head(String line, String header) {
        return line + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + postern.accessToken(SeededClient.DEMO_ADMIN) + "\r\n" + header + "\r\n";
    }
}
