package io.postern.delivery;

import com.sun.net.httpserver.HttpServer;
import io.postern.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** An operator's server that is given each SMS by a signed POST, and keeps what it was told. */
final class SignedHook implements AutoCloseable {
    private final HttpServer server;
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /** One POST. */
    record Call(String id, String timestamp, String signature, String body) {}

    private SignedHook() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Ports.free()), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/sms/out", exchange -> {
            try (exchange) {
                var headers = exchange.getRequestHeaders();
                calls.add(new Call(
                        headers.getFirst("webhook-id"),
                        headers.getFirst("webhook-timestamp"),
                        headers.getFirst("webhook-signature"),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
                exchange.sendResponseHeaders(202, -1);
            }
        });
    }

    static SignedHook start() {
        var hook = new SignedHook();
        hook.server.start();
        return hook;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/sms/out");
    }

    List<Call> callsFor(UUID message) {
        return calls.stream()
                .filter(call -> call.id().equals(message.toString()))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
