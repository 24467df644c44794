package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One enrolled means of proof, as Postern shows it.
 *
 * @param type    Postern's name of the method, {@code totp} for example; there may be ones that this program does not know
 * @param usable  whether it can be used now; a locked one cannot
 * @param preferred whether it is offered first
 * @param destination where its codes go, masked; empty where none are sent
 * @param sent what became of its newest code, in a challenge or while it is pending
 */
public record Factor(
        String id,
        String type,
        String label,
        String status,
        boolean preferred,
        boolean usable,
        Optional<String> destination,
        Optional<SentCode> sent,
        Optional<Instant> createdAt,
        Optional<Instant> lastUsedAt) {

    static Factor of(JsonNode json) {
        var reply = new Reply(json);
        return new Factor(
                reply.text("id"),
                reply.text("type"),
                reply.optionalText("label").orElse(""),
                reply.optionalText("status").orElse("active"),
                reply.flag("default", false),
                reply.flag("available", true)
                        && reply.optionalInstant("locked_at").isEmpty(),
                reply.optionalText("destination"),
                reply.optionalObject("sent").map(SentCode::of),
                reply.optionalInstant("created_at"),
                reply.optionalInstant("last_used_at"));
    }

    static List<Factor> listOf(Iterable<JsonNode> list) {
        var factors = new ArrayList<Factor>();
        list.forEach(json -> factors.add(of(json)));
        return List.copyOf(factors);
    }

    /** A pending one is still being set up and proves nothing. */
    public boolean isPending() {
        return status.equals("pending");
    }
}
