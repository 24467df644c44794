package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How things stand with a person, as Postern tells the help desk.
 *
 * @param delayedUntil when the delay after wrong codes ends; empty while there is none
 * @param computers those that are remembered
 * @param frozenSince since when nothing can be added, because the person disowned a change; empty while there is no freeze
 * @param codeUntil when the code of the help desk ends; empty where none is out
 * @param codeToApprove the id of a code that somebody else has to approve; empty where none waits for that
 * @param events the latest first
 */
public record HelpedPerson(
        String subject,
        Optional<String> email,
        boolean on,
        List<HelpedFactor> factors,
        Optional<Integer> recoveryCodesLeft,
        Optional<Instant> delayedUntil,
        List<HelpedComputer> computers,
        Optional<Instant> frozenSince,
        Optional<Instant> codeUntil,
        Optional<String> codeToApprove,
        List<Happened> events) {

    /** One of their factors. */
    public record HelpedFactor(
            String id,
            String type,
            String label,
            Optional<String> destination,
            boolean pending,
            boolean suspended,
            boolean locked,
            int failures,
            Optional<Instant> lastUsedAt) {}

    /** One of their computers. */
    public record HelpedComputer(String id, String name, Instant lastUsedAt, Optional<String> ip) {}

    /** Something that happened to their security. */
    public record Happened(Instant at, String type, Optional<String> actor) {}

    static HelpedPerson of(JsonNode json) {
        var reply = new Reply(json);
        var computers = new ArrayList<HelpedComputer>();
        reply.list("devices").forEach(device -> computers.add(computer(new Reply(device))));
        var factors = new ArrayList<HelpedFactor>();
        reply.list("factors").forEach(factor -> factors.add(factor(new Reply(factor))));
        var events = new ArrayList<Happened>();
        reply.list("audit_events").forEach(event -> events.add(happened(new Reply(event))));
        Optional<Reply> code = reply.optionalObject("bypass_code").map(Reply::new);
        return new HelpedPerson(
                reply.text("subject"),
                reply.optionalText("email"),
                reply.text("two_factor").equals("on"),
                factors,
                reply.optionalNumber("recovery_codes_left"),
                reply.optionalInstant("delayed_until"),
                computers,
                reply.optionalInstant("frozen_since"),
                code.map(found -> found.instant("expires_at")),
                code.filter(found -> found.text("status").equals("awaiting_approval"))
                        .map(found -> found.text("id")),
                events);
    }

    private static HelpedFactor factor(Reply factor) {
        return new HelpedFactor(
                factor.text("id"),
                factor.text("type"),
                factor.text("label"),
                factor.optionalText("destination"),
                factor.text("status").equals("pending"),
                factor.text("status").equals("suspended"),
                factor.optionalInstant("locked_at").isPresent(),
                factor.optionalNumber("failures").orElse(0),
                factor.optionalInstant("last_used_at"));
    }

    private static HelpedComputer computer(Reply device) {
        return new HelpedComputer(
                device.text("id"), device.text("name"), device.instant("last_used_at"), device.optionalText("ip"));
    }

    private static Happened happened(Reply event) {
        return new Happened(event.instant("at"), event.text("type"), event.optionalText("actor"));
    }
}
