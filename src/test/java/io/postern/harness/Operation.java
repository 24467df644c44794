package io.postern.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.embedded.SeededClient;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call that needs an access token, as a client would make it: one for each operation of the OpenAPI document, which a
 * test holds against this list, so that no new one is left out where all are tried.
 *
 * @param path as the document writes it
 * @param body the JSON for a target; none where the call has no body
 */
public record Operation(
        String method, String path, String scope, @Nullable Function<Target, Map<String, ?>> body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUBJECT = "/v1/subjects/{subject}";
    private static final String FACTORS = SUBJECT + "/factors";
    private static final String FACTOR = FACTORS + "/{factor}";
    private static final String CHALLENGES = "/v1/challenges";

    public static final List<Operation> ALL = List.of(
            enroll("PUT", SUBJECT, target -> Map.of("display_name", "Owner")),
            enroll("PUT", SUBJECT + "/preferences", target -> Map.of("ask_every_sign_in", true)),
            enroll("GET", SUBJECT, null),
            enroll("POST", SUBJECT + "/disable", null),
            enroll("POST", FACTORS, target -> Map.of("type", "totp")),
            enroll("GET", FACTORS, null),
            enroll("GET", FACTOR, null),
            enroll("PATCH", FACTOR, target -> Map.of("label", "Phone")),
            enroll("DELETE", FACTOR, null),
            enroll("POST", FACTOR + "/activate", target -> Map.of("code", "000000")),
            enroll("POST", FACTOR + "/send", null),
            enroll("POST", FACTOR + "/send-confirmation", null),
            enroll("POST", FACTOR + "/unlock", null),
            enroll("POST", SUBJECT + "/recovery-codes", null),
            enroll("POST", SUBJECT + "/recovery-codes/confirm", target -> Map.of("code", "no code")),
            verify("POST", CHALLENGES, target -> Map.of("subject", target.subject(), "purpose", "sign_in")),
            verify("GET", CHALLENGES + "/{challenge}", null),
            verify("POST", CHALLENGES + "/{challenge}/send", target -> Map.of("factor", target.factor())),
            verify(
                    "POST",
                    CHALLENGES + "/{challenge}/verify",
                    target -> Map.of("factor", target.factor(), "code", "no code")),
            audit("GET", "/v1/audit-events", null),
            audit("POST", "/v1/audit-events/verify", target -> Map.of("known", "0." + "A".repeat(43))));

    /** Whose things a call is about. */
    public record Target(String subject, String factor, String challenge) {

        /** Of an enrolled person, with a new challenge. */
        public static Target of(Person person) {
            return new Target(person.subject(), person.factor(), person.challenge());
        }
    }

    /** The operation of that name, such as {@code GET /v1/challenges/{challenge}}. */
    public static Operation named(String name) {
        return ALL.stream()
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name));
    }

    /** Whether front ends make it, about one person; else operators do, about their application. */
    public boolean isOfFrontEnds() {
        return scope.equals("enroll") || scope.equals("verify");
    }

    /** A client of the demo application that may make it. */
    public SeededClient client() {
        return isOfFrontEnds() ? SeededClient.DEMO_ADMIN : SeededClient.DEMO_OPERATOR;
    }

    /** Method and path, as in the document. */
    public String name() {
        return method + " " + path;
    }

    /** The path for a target. */
    public String pathOf(Target target) {
        return path.replace("{subject}", target.subject())
                .replace("{factor}", target.factor())
                .replace("{challenge}", target.challenge());
    }

    /** Makes the call. */
    public Answer call(Api api, Target target) {
        if (body == null) {
            return api.send(method, pathOf(target), new byte[0], "");
        }
        try {
            return api.send(method, pathOf(target), JSON.writeValueAsBytes(body.apply(target)), "application/json");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name();
    }

    private static Operation enroll(String method, String path, @Nullable Function<Target, Map<String, ?>> body) {
        return new Operation(method, path, "enroll", body);
    }

    private static Operation verify(String method, String path, @Nullable Function<Target, Map<String, ?>> body) {
        return new Operation(method, path, "verify", body);
    }

    private static Operation audit(String method, String path, @Nullable Function<Target, Map<String, ?>> body) {
        return new Operation(method, path, "audit", body);
    }
}
