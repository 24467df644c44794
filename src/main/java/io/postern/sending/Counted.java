package io.postern.sending;

import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a script answered that counts sends in sliding windows. One that refuses has counted nothing.
 *
 * @param refusal empty when the send was counted
 * @param next when the windows take the next one
 * @param delay from now until then
 */
record Counted(Optional<Refusal> refusal, Instant next, Duration delay) {

    /** Of {@code {now, next, refusal}}: times in ms since the epoch, and the name of a {@link Refusal} or nothing. */
    static Counted of(Response answer) {
        long now = answer.get(0).toLong();
        long next = answer.get(1).toLong();
        var name = answer.get(2).toString();
        return new Counted(
                name.isEmpty() ? Optional.empty() : Optional.of(Refusal.valueOf(name)),
                Instant.ofEpochMilli(next),
                Duration.ofMillis(next - now));
    }
}
