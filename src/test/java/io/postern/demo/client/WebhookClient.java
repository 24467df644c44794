package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The calls about this application's webhooks. {@code once}: the same call with the same text makes nothing new. */
public final class WebhookClient {
    private static final String WEBHOOKS = "/v1/webhooks";
    private static final int DELIVERIES = 20;

    private final Calls calls;

    WebhookClient(Calls calls) {
        this.calls = calls;
    }

    /** The oldest first. */
    public List<Webhook> list() {
        return all(call("GET", "", Map.of()).path("webhooks"), Webhook::of);
    }

    public Webhook get(String id) {
        return Webhook.of(call("GET", one(id), Map.of()));
    }

    /**
     * Adds an endpoint; the answer has its secret, unless it is a repeated one.
     *
     * @param events the types that it is told; every type where there is none
     */
    public Webhook add(String url, Collection<String> events, String once) {
        Map<String, ?> body = Map.of("url", url, "events", events);
        return Webhook.of(calls.call("POST", WEBHOOKS, body, Map.of("Idempotency-Key", once))
                .json());
    }

    /** Makes another secret, which the answer has; the one before it signs too for a day. */
    public Webhook rotate(String id, String once) {
        Map<String, ?> body = Map.of("overlap_hours", 24);
        return Webhook.of(calls.call("POST", WEBHOOKS + one(id) + "/secrets", body, Map.of("Idempotency-Key", once))
                .json());
    }

    public void switchTo(String id, boolean on) {
        call("PATCH", one(id), Map.of("enabled", on));
    }

    public void remove(String id) {
        call("DELETE", one(id), Map.of());
    }

    /** Sends a test event, whatever it is told otherwise. */
    public void ping(String id) {
        call("POST", one(id) + "/ping", Map.of());
    }

    /** The newest. */
    public List<WebhookDelivery> deliveries(String id) {
        JsonNode json = call("GET", one(id) + "/deliveries?limit=" + DELIVERIES, Map.of());
        return all(json.path("deliveries"), WebhookDelivery::of);
    }

    public void redeliver(String id, String delivery) {
        call("POST", one(id) + "/deliveries" + one(delivery) + "/redeliver", Map.of());
    }

    private JsonNode call(String method, String path, Map<String, ?> body) {
        return calls.call(method, WEBHOOKS + path, body, Map.of()).json();
    }

    private static String one(String id) {
        return "/" + Calls.segment(id);
    }

    private static <T> List<T> all(JsonNode array, Function<JsonNode, T> read) {
        return StreamSupport.stream(array.spliterator(), false).map(read).toList();
    }
}
