package io.postern.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Receives traces over OTLP (HTTP, binary) on the loopback address, and keeps them; or fails as a test asks for. */
public final class TraceReceiver implements AutoCloseable {

    private static final int LONGEST_SECONDS = 60;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Manner manner = Manner.TAKES;

    /** How it treats what it is given. */
    public enum Manner {
        TAKES,
        /** 503 to everything. */
        FAILS,
        /** Reads the call and never answers it. */
        HANGS
    }

    /** A span as it came, ids in hex. The parent is empty where it begins its trace. */
    public record Span(
            String trace, String id, String parent, String name, Kind kind, Map<String, String> attributes) {}

    /** As OTLP numbers them. */
    public enum Kind {
        UNSPECIFIED,
        INTERNAL,
        SERVER,
        CLIENT,
        PRODUCER,
        CONSUMER
    }

    private TraceReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/traces", this::handle);
    }

    /** Starts it; returns when it listens. */
    public static TraceReceiver start() {
        var started = new TraceReceiver();
        started.server.start();
        return started;
    }

    /** How a copy finds it, and sends what it has without much of a wait: configuration as environment variables. */
    public Map<String, String> environment() {
        return Map.of(
                "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "QUARKUS_OTEL_BSP_SCHEDULE_DELAY",
                "200ms");
    }

    public void behave(Manner how) {
        manner = how;
    }

    /** How often it was called. */
    public int calls() {
        return calls.get();
    }

    /** All texts that came, whatever they are: names, values, messages of faults. */
    public String texts() {
        var texts = new StringBuilder();
        bodies.forEach(body -> ProtobufMessage.read(body).texts(texts));
        return texts.toString();
    }

    /** All spans so far. */
    public List<Span> spans() {
        return bodies.stream()
                .flatMap(body -> ProtobufMessage.read(body).messages(1).stream())
                .flatMap(ofResource -> ofResource.messages(2).stream())
                .flatMap(ofScope -> ofScope.messages(2).stream())
                .map(TraceReceiver::span)
                .toList();
    }

    private static Span span(ProtobufMessage span) {
        var attributes = new TreeMap<String, String>();
        span.messages(9).forEach(attribute -> {
            var value = attribute.messages(2).getFirst();
            var text = value.text(1);
            attributes.put(attribute.text(1), text.isEmpty() ? Long.toString(value.number(3)) : text);
        });
        var kind = Kind.values()[(int) span.number(6)];
        return new Span(span.hex(1), span.hex(2), span.hex(4), span.text(5), kind, attributes);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            calls.incrementAndGet();
            switch (manner) {
                case TAKES -> {
                    bodies.add(body);
                    exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
                    exchange.sendResponseHeaders(200, -1);
                }
                case FAILS -> exchange.sendResponseHeaders(503, -1);
                case HANGS -> awaitClosing();
            }
        }
    }

    private void awaitClosing() {
        try {
            var _ = closing.await(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
