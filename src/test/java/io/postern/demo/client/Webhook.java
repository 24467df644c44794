package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where Postern tells what happened.
 *
 * @param events       the types that are told; every type where there is none
 * @param offReason    why it is off, as Postern names it; empty while it is on
 * @param failingSince since when no call has worked; empty while calls work
 * @param oldSecretEnd until when the secret before the newest signs too; empty where there is one alone
 * @param secret       in the answer that made it, and nowhere else
 */
public record Webhook(
        String id,
        String url,
        List<String> events,
        boolean on,
        Optional<String> offReason,
        Optional<Instant> offAt,
        Optional<Instant> failingSince,
        Optional<Instant> oldSecretEnd,
        Optional<String> secret) {

    public Webhook {
        events = List.copyOf(events);
    }

    static Webhook of(JsonNode json) {
        var reply = new Reply(json);
        var events = new ArrayList<String>();
        reply.list("events").forEach(event -> events.add(event.asText()));
        return new Webhook(
                reply.text("id"),
                reply.text("url"),
                events,
                reply.flag("enabled", false),
                reply.optionalText("off_reason"),
                reply.optionalInstant("off_at"),
                reply.optionalInstant("failing_since"),
                new Reply(json.path("secrets").path(1)).optionalInstant("expires_at"),
                reply.optionalText("secret"));
    }

    @Override
    public String toString() {
        return "Webhook[" + id + "]"; // keeps the secret out of logs
    }
}
