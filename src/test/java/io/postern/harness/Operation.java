package io.postern.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.embedded.SeededClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A call that needs an access token, as a client would make it: one for each operation of the OpenAPI document, which a
 * test holds against this list, so that no new one is left out where all are tried.
 *
 * @param path as the document writes it
 * @param scope that it needs, or several of which it needs one, with spaces between
 * @param body the JSON for a target; none where the call has no body
 */
public record Operation(
        String method, String path, String scope, @Nullable Function<Target, Map<String, ?>> body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUBJECT = "/v1/subjects/{subject}";
    private static final String FACTORS = SUBJECT + "/factors";
    private static final String FACTOR = FACTORS + "/{factor}";
    private static final String DEVICES = SUBJECT + "/devices";
    private static final String CHALLENGES = "/v1/challenges";
    private static final String WEBHOOKS = "/v1/webhooks";
    private static final String WEBHOOK = WEBHOOKS + "/{webhook}";
    private static final String POLICY = "/v1/policy";
    private static final String APPLICATIONS = "/v1/applications";
    private static final String APPLICATION = APPLICATIONS + "/{application}";
    private static final String CLIENTS = APPLICATION + "/clients";
    private static final String CLIENT = CLIENTS + "/{client}";

    private static final String OPERATORS = "/v1/operators";
    private static final String OPERATOR = OPERATORS + "/{operator}";

    private static final String IMPORTS = "/v1/imports";
    private static final String IMPORT = IMPORTS + "/{import}";

    private static final Pattern PLACE = Pattern.compile("\\{([a-z]+)}");

    /** An id as we make them, of nothing. */
    public static final String NOBODY = "00000000-0000-4000-8000-000000000000";

    private static final Map<String, ?> REASON = Map.of("reason", "A test");

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
            enroll("GET", DEVICES, null),
            enroll("PATCH", DEVICES + "/{device}", target -> Map.of("name", "Computer at home")),
            enroll("DELETE", DEVICES + "/{device}", null),
            enroll("DELETE", DEVICES, null),
            verify("POST", CHALLENGES, target -> Map.of("subject", target.subject(), "purpose", "sign_in")),
            verify("GET", CHALLENGES + "/{challenge}", null),
            verify("POST", CHALLENGES + "/{challenge}/send", target -> Map.of("factor", target.factor())),
            verify(
                    "POST",
                    CHALLENGES + "/{challenge}/verify",
                    target -> Map.of("factor", target.factor(), "code", "no code")),
            // To a network that is not allowed: nothing is made where all calls are tried.
            admin("POST", WEBHOOKS, target -> Map.of("url", "https://127.0.0.1/hook")),
            admin("GET", WEBHOOKS, null),
            admin("GET", WEBHOOK, null),
            admin("PATCH", WEBHOOK, target -> Map.of("description", "Tests")),
            admin("DELETE", WEBHOOK, null),
            admin("POST", WEBHOOK + "/secrets", target -> Map.of("overlap_hours", 1)),
            admin("POST", WEBHOOK + "/ping", null),
            admin("GET", WEBHOOK + "/deliveries", null),
            admin("POST", WEBHOOK + "/deliveries/{delivery}/redeliver", null),
            audit("GET", "/v1/audit-events", null),
            audit("POST", "/v1/audit-events/verify", target -> Map.of("known", "0." + "A".repeat(43))),
            desk("DELETE", SUBJECT),
            desk("GET", SUBJECT + "/export"),
            desk("POST", SUBJECT + "/readmit"),
            support("/look-up"),
            support("/reset"),
            support("/factors/{factor}/remove"),
            support("/factors/{factor}/unlock"),
            support("/devices/forget"),
            support("/devices/{device}/forget"),
            support("/devices/{device}/rename", Map.of("name", "At home")),
            support("/lift-freeze", Map.of("suspended", "discard")),
            support("/bypass-codes"),
            support("/bypass-codes/{code}/approve"),
            admin("POST", IMPORTS, target -> Map.of("actor", "ops-3", "reason", "A test")),
            admin("GET", IMPORT, null),
            admin("PUT", IMPORT + "/lines", null),
            admin("GET", IMPORT + "/report", null),
            admin("GET", POLICY, null),
            admin("PUT", POLICY, target -> Map.of("attempts", 5)),
            admin("GET", POLICY + "/versions", null),
            admin("POST", POLICY + "/dry-run", target -> Map.of("subject", target.subject(), "purpose", "sign_in")),
            admin("POST", APPLICATIONS, target -> Map.of("id", "postern", "name", "Postern")),
            admin("GET", APPLICATIONS, null),
            admin("GET", APPLICATION, null),
            admin("PATCH", APPLICATION, target -> Map.of("return_addresses", List.of())),
            admin("POST", APPLICATION + "/suspend", null),
            admin("POST", APPLICATION + "/resume", null),
            admin("GET", CLIENTS, null),
            admin("POST", CLIENTS, target -> Map.of("label", "Nobody", "scopes", List.of("audit"))),
            admin("PATCH", CLIENT, target -> Map.of("label", "Nobody")),
            admin("DELETE", CLIENT, null),
            admin("POST", CLIENT + "/secrets", target -> Map.of("older_expires_in", 60)),
            admin("DELETE", CLIENT + "/secrets/{secret}", null),
            colleague("GET", OPERATORS, null),
            colleague("GET", OPERATOR, null),
            colleague("POST", OPERATOR + "/invitation", target -> REASON),
            colleague("POST", OPERATOR + "/reset", target -> REASON),
            admin(
                    "POST",
                    OPERATORS,
                    target -> Map.of("name", "nobody", "email", "nobody@example.com", "role", "viewer")),
            admin("PATCH", OPERATOR, target -> Map.of("role", "viewer", "reason", "A test")),
            admin("POST", OPERATOR + "/suspend", target -> REASON),
            admin("POST", OPERATOR + "/resume", target -> REASON),
            audit("GET", OPERATORS + "/me", null),
            audit(
                    "POST",
                    OPERATORS + "/me/password",
                    target ->
                            Map.of("current_password", "no password", "new_password", "nine clouds over the harbour")));

    /** Calls that find or make what they are about, and so know nothing that is another's. */
    private static final Set<String> ABOUT_NOTHING = Set.of(
            "PUT " + SUBJECT,
            "POST " + WEBHOOKS,
            "GET " + WEBHOOKS,
            "GET " + POLICY,
            "PUT " + POLICY,
            "GET " + POLICY + "/versions",
            "POST " + APPLICATIONS,
            "GET " + APPLICATIONS,
            "GET /v1/audit-events",
            "POST /v1/audit-events/verify",
            "POST " + SUBJECT + "/readmit",
            "POST " + IMPORTS,
            // For operators who have signed in: to clients all of them are alike.
            "GET " + OPERATORS,
            "POST " + OPERATORS,
            "GET " + OPERATOR,
            "PATCH " + OPERATOR,
            "POST " + OPERATOR + "/suspend",
            "POST " + OPERATOR + "/resume",
            "POST " + OPERATOR + "/invitation",
            "POST " + OPERATOR + "/reset",
            "GET " + OPERATORS + "/me",
            "POST " + OPERATORS + "/me/password");

    /**
     * Whose things a call is about: the ids for what stands in braces in a path. What has none there is given an id that
     * nobody has.
     */
    public record Target(Map<String, String> ids) {

        public Target(String subject, String factor, String challenge) {
            this(Map.of("subject", subject, "factor", factor, "challenge", challenge));
        }

        /**
         * Of an enrolled person, with a remembered computer and a new challenge, and a webhook and an import of their
         * application; the webhook is off.
         */
        public static Target of(Person person) {
            var device = Computer.of(person).device();
            var webhook = RestingWebhook.of(person);
            return new Target(Map.of(
                    "subject", person.subject(),
                    "factor", person.factor(),
                    "challenge", person.challenge(),
                    "device", device,
                    "webhook", webhook.id(),
                    "delivery", webhook.delivery(),
                    "import", importOf(person),
                    "code", requestFor(person)));
        }

        private static String importOf(Person person) {
            var id = UUID.randomUUID().toString();
            Sql.on(person.postern())
                    .change(
                            "insert into import (id, application_id, tell_people, created_at, updated_at)"
                                    + " select ?::uuid, application_id, false, now(), now() from subject where external_id = ? limit 1",
                            id,
                            person.subject());
            return id;
        }

        /** A bypass code that awaits its approval, in the place of the one before: there is one at most. */
        private static String requestFor(Person person) {
            var id = UUID.randomUUID().toString();
            Sql.on(person.postern())
                    .change(
                            "insert into bypass_request (id, subject_id, subject_version, actor, minutes, expires_at)"
                                    + " select ?::uuid, id, version, 'desk-9', 15, now() + interval '30 minutes'"
                                    + " from subject where external_id = ? limit 1"
                                    + " on conflict (subject_id) do update set id = excluded.id, expires_at = excluded.expires_at",
                            id,
                            person.subject());
            return id;
        }

        /** The same, and the person's application with a client and a secret of it that nobody uses. */
        public static Target administered(Person person) {
            var ids = new HashMap<>(of(person).ids());
            ids.putAll(RestingClient.of(person).ids());
            return new Target(ids);
        }

        public String subject() {
            return id("subject");
        }

        public String factor() {
            return id("factor");
        }

        public String challenge() {
            return id("challenge");
        }

        private String id(String name) {
            return ids.getOrDefault(name, NOBODY);
        }
    }

    /** Every call that is about something that must be there. */
    public static List<Operation> aboutSomething() {
        return ALL.stream()
                .filter(operation -> !ABOUT_NOTHING.contains(operation.name()))
                .toList();
    }

    /** The scopes of which it needs one. */
    public List<String> scopes() {
        return List.of(scope.split(" ", -1));
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

    /** The path for a target. */
    public String pathOf(Target target) {
        return PLACE.matcher(path).replaceAll(place -> Matcher.quoteReplacement(target.id(place.group(1))));
    }

    /** Makes the call, as somebody at the help desk where it asks who does and why. */
    public Answer call(Api by, Target target) {
        var api = by.with("X-Actor", "desk-7").with("X-Reason", "A test");
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

    private static Operation audit(String method, String path, @Nullable Function<Target, Map<String, ?>> body) {
        return new Operation(method, path, "audit", body);
    }

    /** A call of the help desk about a person. */
    private static Operation support(String rest) {
        return support(rest, Map.of());
    }

    private static Operation support(String rest, Map<String, ?> more) {
        var body = new HashMap<String, Object>(more);
        body.put("actor", "desk-7");
        body.put("reason", "A test");
        return new Operation("POST", "/v1/support/subjects/{subject}" + rest, "support", target -> body);
    }

    private static Operation colleague(String method, String path, @Nullable Function<Target, Map<String, ?>> body) {
        return new Operation(method, path, "support", body);
    }

    private static Operation desk(String method, String path) {
        return new Operation(method, path, "support admin", null);
    }
}
