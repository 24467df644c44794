package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened, as Postern's audit trail has it.
 *
 * @param sequence  its place in the chain, from 1
 * @param type      as Postern names it
 * @param subject   whom it is about; empty where it is about nobody, or the person was erased
 * @param pseudonym stays when the person is erased
 * @param client    which API client called
 * @param actor     who acted for the person
 * @param reason    why they did
 * @param ip        the person's address, as the front end gave it
 * @param details   what else belongs to an event of this type
 */
public record AuditEvent(
        long sequence,
        Instant at,
        String type,
        Optional<String> subject,
        Optional<String> pseudonym,
        Optional<String> factorType,
        Optional<String> client,
        Optional<String> actor,
        Optional<String> reason,
        Optional<String> ip,
        Map<String, String> details) {

    static AuditEvent of(JsonNode json) {
        var reply = new Reply(json);
        var details = new LinkedHashMap<String, String>();
        json.path("details").properties().forEach(detail -> details.put(detail.getKey(), text(detail.getValue())));
        return new AuditEvent(
                json.path("sequence").asLong(),
                reply.instant("at"),
                reply.text("type"),
                reply.optionalText("subject"),
                reply.optionalText("pseudonym"),
                reply.optionalText("factor_type"),
                reply.optionalText("client"),
                reply.optionalText("actor"),
                reply.optionalText("reason"),
                reply.optionalText("ip"),
                details);
    }

    private static String text(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
