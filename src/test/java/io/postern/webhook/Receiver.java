package io.postern.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.embedded.Await;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A receiver of webhooks on the loopback address that keeps what it is told and misbehaves in every way a test asks for. */
final class Receiver implements AutoCloseable {

    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int CHUNK = 64 * 1024;

    private final ServerSocket server;
    private final String scheme;
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicLong written = new AtomicLong();
    private final Semaphore goOn = new Semaphore(0);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Manner manner = Manner.TAKES;
    private volatile int redirect;
    private volatile String location = "";

    /** One POST, with the names of its headers in small letters. */
    record Call(String path, Map<String, String> headers, String body) {

        String id() {
            return header("webhook-id");
        }

        String header(String name) {
            var value = headers.get(name);
            if (value == null) {
                throw new AssertionError("No header " + name + " in " + headers);
            }
            return value;
        }

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(body);
            } catch (JsonProcessingException e) {
                throw new AssertionError(body, e);
            }
        }

        String type() {
            return json().path("type").textValue();
        }
    }

    /** How it treats what it is told; it keeps it all the same. */
    enum Manner {
        TAKES,
        FAILS,
        /** Wishes to be called again in a day. */
        IS_BUSY,
        REDIRECTS,
        IS_GONE,
        /** Reads the call and never answers it. */
        HANGS,
        /** Takes it once the test lets it go on. */
        HOLDS,
        /** Answers a letter each 100 ms and never ends. */
        DRIPS,
        /** Takes it, with a body that never ends. */
        POURS,
        /** Answers with what is no HTTP. */
        BABBLES,
        /** Closes the connection instead of an answer. */
        HANGS_UP
    }

    Receiver(ServerSocket server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        Thread.ofPlatform().daemon().start(this::accept);
    }

    /** Starts one. */
    static Receiver start() {
        try {
            return new Receiver(new ServerSocket(0, 200, InetAddress.getLoopbackAddress()), "http");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return url("127.0.0.1");
    }

    String url(String host) {
        return scheme + "://" + host + ":" + port() + "/hook?from=postern";
    }

    void now(Manner other) {
        manner = other;
    }

    void redirectTo(int status, String url) {
        redirect = status;
        location = url;
        manner = Manner.REDIRECTS;
    }

    /** Lets one call of {@link Manner#HOLDS} go on. */
    void goOn() {
        goOn.release();
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    List<Call> calls(String type) {
        return calls.stream().filter(call -> call.type().equals(type)).toList();
    }

    /** The first call of the type, waited for. */
    Call await(String type) {
        Await.until(SOON, "told of " + type, () -> !calls(type).isEmpty());
        return calls(type).getFirst();
    }

    void awaitCalls(int number) {
        Await.until(SOON, number + " calls", () -> calls.size() >= number);
    }

    /** How often somebody connected. */
    int connections() {
        return connections.get();
    }

    /** How many calls there were at the same time. */
    int mostAtOnce() {
        return most.get();
    }

    /** Bytes of {@link Manner#POURS} that somebody took. */
    long written() {
        return written.get();
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (true) {
            Socket socket;
            try {
                socket = server.accept();
            } catch (IOException closed) {
                return;
            }
            connections.incrementAndGet();
            Thread.ofVirtual().start(() -> handle(socket));
        }
    }

    private void handle(Socket socket) {
        try (socket) {
            var call = read(socket.getInputStream());
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                calls.add(call);
                answer(socket.getOutputStream());
            } finally {
                now.decrementAndGet();
            }
        } catch (IOException over) {
            return; // the caller has had enough, as some tests want it
        }
    }

    private void answer(OutputStream out) throws IOException {
        switch (manner) {
            case TAKES -> write(out, "HTTP/1.1 204 No Content\r\n\r\n");
            case FAILS -> write(out, "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 5\r\n\r\nsorry");
            case IS_BUSY ->
                write(out, "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 86400\r\nContent-Length: 0\r\n\r\n");
            case REDIRECTS ->
                write(
                        out,
                        "HTTP/1.1 " + redirect + " Elsewhere\r\nLocation: " + location
                                + "\r\nContent-Length: 0\r\n\r\n");
            case IS_GONE -> write(out, "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n");
            case HANGS -> endsWithin(600_000);
            case HOLDS -> {
                goOn.acquireUninterruptibly();
                write(out, "HTTP/1.1 204 No Content\r\n\r\n");
            }
            case DRIPS -> drip(out);
            case POURS -> pour(out);
            case BABBLES -> write(out, "220 mail.example.com ESMTP\r\n\r\n");
            case HANGS_UP -> out.flush();
        }
    }

    private void drip(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nX-Slow: ");
        while (!endsWithin(100)) {
            write(out, "x");
        }
    }

    private void pour(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
        while (!endsWithin(1)) {
            out.write(new byte[CHUNK]);
            written.addAndGet(CHUNK);
        }
    }

    private boolean endsWithin(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    private static Call read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("No whole head");
            }
            head.write(next);
        }
        var lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n", -1);
        var headers = new TreeMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        var body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new Call(lines[0].split(" ", -1)[1], headers, new String(body, StandardCharsets.UTF_8));
    }
}
