package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/**
 * How far it is to tell an endpoint of one event.
 *
 * @param type       as Postern names it
 * @param state      {@code waiting}, {@code delivered} or {@code failed}
 * @param lastStatus of the last answer; empty where none came
 * @param lastError  why none came, as Postern names it
 * @param nextAt     when the next attempt is due; empty where none is
 */
public record WebhookDelivery(
        String id,
        String type,
        String state,
        int attempts,
        Optional<Integer> lastStatus,
        Optional<String> lastError,
        Instant createdAt,
        Optional<Instant> nextAt) {

    static WebhookDelivery of(JsonNode json) {
        var reply = new Reply(json);
        return new WebhookDelivery(
                reply.text("id"),
                reply.text("type"),
                reply.text("state"),
                reply.optionalNumber("attempts").orElse(0),
                reply.optionalNumber("last_status"),
                reply.optionalText("last_error"),
                reply.instant("created_at"),
                reply.optionalInstant("next_attempt_at"));
    }
}
