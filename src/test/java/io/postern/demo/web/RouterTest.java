package io.postern.demo.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a file reaches a browser that is read while it is sent. */
final class RouterTest {
    private static final int LONG = 1_000_000;

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final HttpClient browser = HttpClient.newHttpClient();
    private final CountDownLatch closed = new CountDownLatch(1);

    RouterTest() throws IOException {}

    @AfterEach
    void stop() {
        server.stop(0);
        browser.close();
    }

    @Test
    void longFileArrivesWhole() throws Exception {
        var answer = get(start());

        assertEquals(LONG, answer.body().length());
        assertEquals(
                "attachment; filename=\"a.ndjson\"",
                answer.headers().firstValue("Content-Disposition").orElseThrow());
        assertTrue(closed.await(10, TimeUnit.SECONDS));
    }

    @Test
    void fileThatBreaksOffIsNotTakenForAWholeOne() throws Exception {
        assertThrows(
                IOException.class,
                () -> get(new SequenceInputStream(start(), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the source broke off");
                    }

                    @Override
                    public int read(byte[] bytes, int from, int length) throws IOException {
                        return read();
                    }
                })));
        assertTrue(closed.await(10, TimeUnit.SECONDS));
    }

    private InputStream start() {
        return new ByteArrayInputStream("x".repeat(LONG).getBytes(StandardCharsets.US_ASCII)) {
            @Override
            public void close() {
                closed.countDown();
            }
        };
    }

    private HttpResponse<String> get(InputStream content) throws IOException, InterruptedException {
        var router = new Router(refusal -> Response.page(refusal.status(), Html.NONE))
                .get("/file", request -> Response.download("a.ndjson", "application/x-ndjson", content));
        server.createContext("/", router);
        server.start();
        var address = URI.create("http://localhost:" + server.getAddress().getPort() + "/file");
        return browser.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }
}
