package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calls of an operator's pages, with credentials that the front end for everybody does not use. */
public final class OperatorClient implements AutoCloseable {
    private final Calls calls;

    public OperatorClient(URI base, String clientId, String clientSecret, Clock clock) {
        this.calls = new Calls(base, clientId, clientSecret, clock, Http.PATIENCE);
    }

    /** The calls about the audit trail. */
    public AuditClient audit() {
        return new AuditClient(calls);
    }

    /** The calls about webhooks. */
    public WebhookClient webhooks() {
        return new WebhookClient(calls);
    }

    public Rules rules() {
        return rules(calls.call("GET", "/v1/policy", Map.of(), Map.of()));
    }

    /**
     * Replaces the rules that were read, with these members instead of theirs.
     *
     * @param read what the change was made of
     * @throws ProblemException {@code version_changed} where they are no longer what was read
     */
    public Rules replace(Rules read, Map<String, ?> members) {
        var body = new LinkedHashMap<String, Object>();
        read.written().properties().forEach(member -> body.put(member.getKey(), member.getValue()));
        members.forEach((name, value) -> {
            if (value == null) {
                body.remove(name);
            } else {
                body.put(name, value);
            }
        });
        return rules(calls.call("PUT", "/v1/policy", body, Map.of("If-Match", read.tag())));
    }

    /** What a sign-in of that person would come to now. */
    public Trial tryOut(String subject, String role) {
        JsonNode json = calls.call(
                        "POST",
                        "/v1/policy/dry-run",
                        Map.of("subject", subject, "purpose", "sign_in", "roles", List.of(role)),
                        Map.of())
                .json();
        var reasons = new ArrayList<String>();
        json.path("reasons").forEach(reason -> reasons.add(reason.asText()));
        var factors = new ArrayList<Trial.Tried>();
        json.path("factors")
                .forEach(factor -> factors.add(new Trial.Tried(
                        factor.path("type").asText(),
                        factor.path("label").asText(),
                        Optional.of(factor.path("reason").asText()).filter(reason -> !reason.isEmpty()))));
        return new Trial(subject, new Reply(json).text("status"), reasons, factors);
    }

    /** How things stand with a person. */
    public HelpedPerson lookUp(Errand errand) {
        return HelpedPerson.of(help(errand, "/look-up"));
    }

    /** Takes everything away by which a person passes the second step. */
    public void reset(Errand errand) {
        help(errand, "/reset");
    }

    public void unlock(Errand errand, String factor) {
        help(errand, "/factors/" + Calls.segment(factor) + "/unlock");
    }

    public void remove(Errand errand, String factor) {
        help(errand, "/factors/" + Calls.segment(factor) + "/remove");
    }

    public void renameComputer(Errand errand, String computer, String name) {
        var body = new LinkedHashMap<String, Object>(errand.body());
        body.put("name", name);
        help(errand, "/devices/" + Calls.segment(computer) + "/rename", body);
    }

    public void forgetComputer(Errand errand, String computer) {
        help(errand, "/devices/" + Calls.segment(computer) + "/forget");
    }

    public void forgetComputers(Errand errand) {
        help(errand, "/devices/forget");
    }

    /**
     * Ends the freeze after a change that was disowned.
     *
     * @param suspended whether the factors that were suspended are the person's, {@code reinstate}, or not, {@code discard}
     */
    public void liftFreeze(Errand errand, String suspended) {
        var body = new LinkedHashMap<String, Object>(errand.body());
        body.put("suspended", suspended);
        help(errand, "/lift-freeze", body);
    }

    /** A code to sign in with once. */
    public HelpDeskCode code(Errand errand) {
        return code(help(errand, "/bypass-codes"));
    }

    /**
     * The code that somebody else has asked for.
     *
     * @throws ProblemException {@code own_request} where it was the same who asked
     */
    public HelpDeskCode approve(Errand errand, String code) {
        return code(help(errand, "/bypass-codes/" + Calls.segment(code) + "/approve"));
    }

    private static HelpDeskCode code(JsonNode json) {
        var reply = new Reply(json);
        return new HelpDeskCode(reply.optionalText("code"), reply.instant("expires_at"));
    }

    private JsonNode help(Errand errand, String rest) {
        return help(errand, rest, errand.body());
    }

    /** @throws ProblemException {@code own_account} where somebody would help themselves */
    private JsonNode help(Errand errand, String rest, Map<String, ?> body) {
        String path = "/v1/support/subjects/" + Calls.segment(errand.subject()) + rest;
        return calls.call("POST", path, body, Map.of()).json();
    }

    private static Rules rules(Http.Answer answer) {
        JsonNode json = answer.json();
        var reply = new Reply(json);
        return new Rules(
                answer.tag().orElseThrow(() -> new UnavailableException("Postern gave no version of the rules")),
                reply.instant("changed_at"),
                reply.optionalText("changed_by"),
                json.path("policy"),
                json.path("written"));
    }

    @Override
    public void close() {
        calls.close();
    }
}
