package io.postern.tracing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A server on the loopback address that keeps the names of the headers it is sent, and answers 204 to everything. */
final class Called implements AutoCloseable {

    private final HttpServer server;
    private final Set<String> headers = ConcurrentHashMap.newKeySet();

    private Called() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", call -> {
            try (call) {
                call.getRequestHeaders().keySet().forEach(name -> headers.add(name.toLowerCase(Locale.ROOT)));
                call.sendResponseHeaders(204, -1);
            }
        });
    }

    /** Starts it; returns when it listens. */
    static Called start() {
        var started = new Called();
        started.server.start();
        return started;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** In small letters. */
    Set<String> headers() {
        return Set.copyOf(headers);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
