package io.postern.embedded;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An API client that the service makes at its start, as configured.
 *
 * @param application the application that it belongs to
 * @param name the application's name for people
 */
public record SeededClient(String application, String name, String id, String secret, List<String> scopes) {
    /** The front end of the demo admin area. */
    public static final SeededClient DEMO_ADMIN =
            new SeededClient("demo-admin", "Demo admin area", "demo-admin", "demo-secret", List.of("verify", "enroll"));

    /** The help desk of the demo admin area. */
    public static final SeededClient DEMO_OPERATOR = new SeededClient(
            "demo-admin", "Demo admin area", "demo-operator", "operator-secret", List.of("support", "audit", "admin"));

    /** The front end of a second application, to show that nothing crosses. */
    public static final SeededClient OTHER_ADMIN = new SeededClient(
            "other-admin", "Other admin area", "other-admin", "other-secret", List.of("verify", "enroll"));

    public static final List<SeededClient> ALL = List.of(DEMO_ADMIN, DEMO_OPERATOR, OTHER_ADMIN);

    /** The clients as environment variables of the service. */
    static Map<String, String> environment(List<SeededClient> clients) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (int i = 0; i < clients.size(); i++) {
            SeededClient client = clients.get(i);
            String prefix = "POSTERN_BOOTSTRAP_" + i + "__";
            environment.put(prefix + "APPLICATION", client.application());
            environment.put(prefix + "NAME", client.name());
            environment.put(prefix + "CLIENT", client.id());
            environment.put(prefix + "SECRET", client.secret());
            environment.put(prefix + "SCOPES", String.join(",", client.scopes()));
        }
        return environment;
    }
}
