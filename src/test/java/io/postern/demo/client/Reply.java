package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads the members of Postern's answers. What the contract promises and the answer lacks is as good as no answer, hence
 * {@link UnavailableException}; members that are new to us are left alone.
 */
record Reply(JsonNode json) {
    String text(String member) {
        return optionalText(member)
                .orElseThrow(() -> new UnavailableException("Postern's answer has no text '" + member + "'"));
    }

    Optional<String> optionalText(String member) {
        JsonNode node = json.path(member);
        return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
    }

    Instant instant(String member) {
        return optionalInstant(member)
                .orElseThrow(() -> new UnavailableException("Postern's answer has no time '" + member + "'"));
    }

    Optional<Instant> optionalInstant(String member) {
        try {
            return optionalText(member).map(Instant::parse);
        } catch (DateTimeException e) {
            throw new UnavailableException("Postern's answer has an unreadable time '" + member + "'", e);
        }
    }

    Optional<Integer> optionalNumber(String member) {
        JsonNode node = json.path(member);
        return node.isInt() ? Optional.of(node.intValue()) : Optional.empty();
    }

    Optional<JsonNode> optionalObject(String member) {
        return Optional.of(json.path(member)).filter(JsonNode::isObject);
    }

    boolean flag(String member, boolean otherwise) {
        return json.path(member).asBoolean(otherwise);
    }

    Iterable<JsonNode> list(String member) {
        return json.path(member);
    }
}
