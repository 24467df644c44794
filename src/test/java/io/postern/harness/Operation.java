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
    private static final String POLICY = "/v1/policy";
    private static final String APPLICATIONS = "/v1/applications";
    private static final String APPLICATION = APPLICATIONS + "/{application}";
    private static final String CLIENTS = APPLICATION + "/clients";
    private static final String CLIENT = CLIENTS + "/{client}";

    /** The id of no application. */
    public static final String NOTHING = "no-application";

    /** The id of no client. */
    public static final String NOBODY = "no-client";

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
            admin("GET", POLICY, null),
            admin("PUT", POLICY, target -> Map.of("attempts", 5)),
            admin("GET", POLICY + "/versions", null),
            admin("POST", POLICY + "/dry-run", target -> Map.of("subject", target.subject(), "purpose", "sign_in")),
            admin("POST", APPLICATIONS, target -> Map.of("id", "postern", "name", "Postern")),
            admin("GET", APPLICATIONS, null),
            admin("GET", APPLICATION, null),
            admin("PATCH", APPLICATION, target -> Map.of("name", "Nothing")),
            admin("POST", APPLICATION + "/suspend", null),
            admin("POST", APPLICATION + "/resume", null),
            admin("GET", CLIENTS, null),
            admin("POST", CLIENTS, target -> Map.of("label", "Nobody", "scopes", List.of("audit"))),
            admin("PATCH", CLIENT, target -> Map.of("label", "Nobody")),
            admin("DELETE", CLIENT, null),
            admin("POST", CLIENT + "/secrets", target -> Map.of("older_expires_in", 60)),
            admin("DELETE", CLIENT + "/secrets/{secret}", null));

    /** Those that are made for a subject, by clients that every seeded application has. */
    public static final List<Operation> OF_FRONT_ENDS = ALL.stream()
            .filter(operation -> operation.client() == SeededClient.DEMO_ADMIN)
            .toList();

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

    /** Method and path, as in the document. */
    public String name() {
        return method + " " + path;
    }

    /** A client of the demo that holds the scope. */
    public SeededClient client() {
        return SeededClient.DEMO_ADMIN.scopes().contains(scope) ? SeededClient.DEMO_ADMIN : SeededClient.DEMO_OPERATOR;
    }

    /** The path for a target, and for an application and a client that are not there. */
    public String pathOf(Target target) {
        return path.replace("{subject}", target.subject())
                .replace("{application}", NOTHING)
                .replace("{client}", NOBODY)
                .replace("{secret}", "00000000-0000-4000-8000-000000000000")
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

    private static Operation admin(String method, String path, @Nullable Function<Target, Map<String, ?>> body) {
        return new Operation(method, path, "admin", body);
    }
}
