package io.postern.demo.client;

import java.util.Map;

/**
 * What somebody at the help desk has to do for a person.
 *
 * @param subject whom it is for
 * @param actor who does it, by their user id
 * @param reason why; Postern keeps it in its audit trail
 */
public record Errand(String subject, String actor, String reason) {
    Map<String, ?> body() {
        return Map.of("actor", actor, "reason", reason);
    }
}
