package io.postern.demo.client;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a checked verification token says about the person's second step.
 *
 * @param methods      {@code amr} (RFC 8176), as Postern gave it
 * @param factor       the id of the factor that proved it, at this person's Postern account alone; none for a
 *                     remembered computer
 * @param passedAt     {@code auth_time}: when the person really proved it, which may be long before the token was made
 */
public record Proof(Level level, List<String> methods, Optional<String> factor, Instant passedAt) {
    public Proof {
        methods = List.copyOf(methods);
    }
}
