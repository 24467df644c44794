package io.postern.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** {@code values.schema.json}: a value that the chart does not know, or cannot use, is refused before anything is rendered. */
@EnabledIf(Chart.RENDERED)
final class ValuesSchemaTest {

    private static final String GOOD = Chart.ciValues("small");

    @Test
    void misspelledValuesAreRefused() {
        refuse("isuer: https://postern.example.com");
        refuse("image: {repo: postern}");
        refuse("keys: {existingSecret: postern-keys}");
        refuse("database: {existingSecret: {passwordkey: password}}");
        refuse("mail: {starttls: REQUIRED}");
        refuse("sms: {twilio: {token: abc}}");
        refuse(
                "bootstrap: {clients: [{application: a, client: b, scope: [verify], secret: 0123456789abcdef0123456789abcdef}]}");
        refuse("resources: {limit: {cpu: 1}}");
        refuse("probes: {startup: {failureTreshold: 3}}");
        refuse("networkPolicy: {callers: {namespace: [shop]}}");
        refuse("monitoring: {servicemonitor: {enabled: true}}");
        refuse("topologySpreadConstraints: [{maxSkew: 1, topologykey: zone, whenUnsatisfiable: ScheduleAnyway}]");
    }

    @Test
    void valuesOfAnotherKindAreRefused() {
        refuse("replicas: two");
        refuse("replicas: '2'");
        refuse("ingress: {enabled: 'yes'}");
        refuse("delivery: {takeover: 30}");
        refuse("delivery: {takeover: 30 seconds}");
        refuse("issuer: postern.example.com");
        refuse("issuer: https://postern.example.com/?a=b");
        refuse("redis: {hosts: redis.internal:6379}");
        refuse("redis: {clientType: clustered}");
        refuse("database: {url: 'postgres://host/postern'}");
        refuse("mail: {port: 70000}");
        refuse("sms: {providers: [twillio]}");
        refuse("operators: {bcryptCost: 9}");
        refuse("migration: {mode: never}");
        refuse("webhook: {allowedNetworks: [10.20.0.0]}");
        refuse("autoscaling: {targetCPUUtilizationPercentage: 0}");
    }

    @Test
    void whatWouldBeUnsafeIsRefused() {
        refuse("image: {tag: latest}");
        refuse("bundledPostgres: {image: {tag: latest}}");
        refuse("bundledPostgres: {runAsUser: 0}");
        refuse("publicPaths: [{path: /q/metrics, type: Prefix}]");
        refuse("publicPaths: [{path: /, type: Prefix}]");
        refuse("bootstrap: {clients: [{application: a, client: b, secret: short, scopes: [verify]}]}");
        refuse(
                "bootstrap: {clients: [{application: postern, client: b, secret: 0123456789abcdef0123456789abcdef, scopes: [verify]}]}");
        refuse(
                "bootstrap: {clients: [{application: a, client: b, secret: 0123456789abcdef0123456789abcdef, scopes: [everything]}]}");
        refuse("resources: {limits: {cpu: null}}");
    }

    @Test
    void objectsTakeKnownMembersAloneOrSayWhyNot() throws IOException {
        var loose = new ArrayList<String>();
        loose(schema(), "", loose);

        assertEquals(List.of(), loose);
    }

    /** What the schema does not list could not be set, and what it lists besides would be set in vain. */
    @Test
    void schemaAndValuesHaveTheSameMembers() throws IOException {
        var schema = schema();
        var values = Yaml.file(Chart.DIRECTORY.resolve("values.yaml"));
        var faults = new ArrayList<String>();
        compare(schema, schema, values, "", faults);

        assertEquals(List.of("/global is no value"), faults);
    }

    private static void compare(JsonNode root, JsonNode schema, JsonNode value, String at, List<String> faults) {
        var own = resolve(root, schema);
        if (!own.has("properties") || !value.isObject() || value.isEmpty()) {
            return;
        }
        var known = own.get("properties");
        known.fieldNames().forEachRemaining(name -> {
            if (!value.has(name) && !at.endsWith("/requests") && !at.endsWith("/limits")) {
                faults.add(at + "/" + name + " is no value");
            }
        });
        value.properties().forEach(member -> {
            if (!known.has(member.getKey())) {
                faults.add(at + "/" + member.getKey() + " is not in the schema");
            }
            compare(root, known.path(member.getKey()), member.getValue(), at + "/" + member.getKey(), faults);
        });
    }

    private static JsonNode resolve(JsonNode root, JsonNode schema) {
        var reference = schema.path("$ref").asText();
        return reference.isEmpty() ? schema : root.at(reference.substring(1));
    }

    private static void loose(JsonNode node, String at, List<String> found) {
        if (node.path("type").asText().equals("object")
                && !node.path("additionalProperties").isBoolean()
                && !node.has("$comment")) {
            found.add(at);
        }
        if (node.isObject()) {
            node.properties()
                    .forEach((Map.Entry<String, JsonNode> member) ->
                            loose(member.getValue(), at + "/" + member.getKey(), found));
        }
        node.forEach(child -> {
            if (node.isArray()) {
                loose(child, at + "[]", found);
            }
        });
    }

    private static JsonNode schema() throws IOException {
        return new ObjectMapper()
                .readTree(Chart.DIRECTORY.resolve("values.schema.json").toFile());
    }

    private static void refuse(String values) {
        var refusal = assertThrows(IllegalStateException.class, () -> Chart.render(GOOD, values), values);
        assertTrue(String.valueOf(refusal.getMessage()).contains("schema"), values + ": " + refusal.getMessage());
    }
}
