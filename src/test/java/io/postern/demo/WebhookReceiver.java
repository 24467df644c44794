package io.postern.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.postern.demo.client.WebhookSignature;
import io.postern.demo.page.ReceivedCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes what Postern tells, as a product's server does: checks by the signature who calls, before anything reads the body;
 * takes each message once; answers at once. It keeps everything in memory, which a product would not.
 */
final class WebhookReceiver implements HttpHandler {
    static final String PATH = "/hooks/postern";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_BODY = 64 * 1024;
    private static final int SHOWN = 20;
    private static final int REMEMBERED = 10_000;

    private final Clock clock;
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final LinkedHashSet<String> taken = new LinkedHashSet<>();
    private final Deque<ReceivedCall> newest = new ArrayDeque<>();
    private final AtomicLong refused = new AtomicLong();

    WebhookReceiver(Clock clock) {
        this.clock = clock;
    }

    /** From now on calls of that endpoint are checked with this secret. */
    void trust(String endpoint, String secret) {
        secrets.put(endpoint, secret);
    }

    void forget(String endpoint) {
        secrets.remove(endpoint);
    }

    boolean trusts(String endpoint) {
        return secrets.containsKey(endpoint);
    }

    /** The newest calls that were good, the newest first. */
    List<ReceivedCall> calls() {
        synchronized (newest) {
            return List.copyOf(newest);
        }
    }

    /** How many calls were not good. */
    long refused() {
        return refused.get();
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(answer(exchange), -1);
        }
    }

    private int answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals(PATH)) {
            return 404;
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.getResponseHeaders().set("Allow", "POST");
            return 405;
        }
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
        if (body.length > LARGEST_BODY) {
            return 413;
        }
        var signature = new WebhookSignature(
                header(exchange, "webhook-id"),
                header(exchange, "webhook-timestamp"),
                header(exchange, "webhook-signature"));
        Instant now = clock.instant();
        if (secrets.values().stream().noneMatch(secret -> signature.isGood(secret, body, now))) {
            refused.incrementAndGet();
            return 401;
        }
        take(signature.id(), new String(body, StandardCharsets.UTF_8), now);
        return 204;
    }

    private void take(String id, String body, Instant now) throws JsonProcessingException {
        JsonNode event = JSON.readTree(body);
        Optional<String> subject =
                Optional.of(event.at("/data/subject").asText()).filter(text -> !text.isEmpty());
        synchronized (newest) {
            boolean again = !taken.add(id);
            newest.addFirst(new ReceivedCall(now, id, event.path("type").asText(), subject, again));
            if (newest.size() > SHOWN) {
                newest.removeLast();
            }
            if (taken.size() > REMEMBERED) {
                taken.removeFirst();
            }
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }
}
