package io.postern.chart;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Everything is forbidden to the pods but what they need, and that is let through. */
@EnabledIf(Chart.RENDERED)
final class NetworkPolicyTest {

    private static final Set<Integer> DNS = Set.of(53);

    @Test
    void eachPodIsUnderOnePolicyOfBothDirections() {
        assertAll(Chart.ci().map(name -> () -> {
            var manifests = Chart.render(Chart.ciValues(name));
            manifests.pods().forEach(pod -> {
                var policies = policiesOf(manifests, pod).toList();
                assertEquals(1, policies.size(), () -> pod + " " + policies);
                assertEquals(
                        "[\"Ingress\",\"Egress\"]",
                        policies.getFirst().at("/spec/policyTypes").toString());
                assertTrue(policies.getFirst().at("/spec/egress").isArray());
                policies.getFirst()
                        .at("/spec/egress")
                        .forEach(rule -> assertTrue(rule.has("to") || rule.has("ports"), "not everything everywhere"));
                policies.getFirst()
                        .at("/spec/ingress")
                        .forEach(rule -> assertTrue(rule.has("from") && rule.has("ports"), rule::toString));
            });
        }));
    }

    /** Read from the settings by other means than the chart's. */
    @Test
    void everyPortThatTheSettingsNameIsLetThrough() {
        assertAll(Chart.ci().map(name -> () -> {
            var manifests = Chart.render(Chart.ciValues(name));
            var settings = manifests.settings();
            var used = new TreeSet<>(DNS);
            used.addAll(ports(set(settings, "QUARKUS_DATASOURCE_JDBC_URL").substring("jdbc:".length()), 5432));
            used.addAll(ports(set(settings, "QUARKUS_REDIS_HOSTS"), 6379));
            Optional.ofNullable(settings.get("QUARKUS_MAILER_PORT"))
                    .map(Integer::valueOf)
                    .ifPresent(used::add);
            for (var url :
                    List.of("POSTERN_SMS_TWILIO_URL", "POSTERN_SMS_HTTP_URL", "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT")) {
                Optional.ofNullable(settings.get(url))
                        .ifPresent(set -> used.addAll(ports(set, set.startsWith("https") ? 443 : 80)));
            }
            used.add(443); // webhooks

            var pod = manifests.server().pod().orElseThrow();
            var open = tcpPorts(policy(manifests, pod).at("/spec/egress"));
            assertTrue(open.containsAll(used), () -> open + " lacks some of " + used);
        }));
    }

    @Test
    void nothingIsLetThroughThatIsNotConfigured() {
        var trial = Chart.render(Chart.ciValues("small"));
        var policy = policy(trial, trial.server().pod().orElseThrow());

        assertEquals(Set.of(53, 5432, 6379, 443), tcpPorts(policy.at("/spec/egress")));
        assertEquals(1, policy.at("/spec/ingress").size(), "its own test alone may call");
        var closed = Chart.render(
                Chart.ciValues("small"), "networkPolicy: {webhook: {enabled: false}}\ntest: {enabled: false}");
        policy = policy(closed, closed.server().pod().orElseThrow());
        assertEquals(Set.of(53, 5432, 6379), tcpPorts(policy.at("/spec/egress")));
        assertEquals("[]", policy.at("/spec/ingress").toString(), "nobody may call");
    }

    @Test
    void bundledStoresAreReachedByTheServiceAloneAndReachNothing() {
        var trial = Chart.render(Chart.ciValues("small"));
        for (var store : List.of("postgres", "redis")) {
            var policy = trial.the("NetworkPolicy", "postern-" + store);
            assertEquals("[]", policy.at("/spec/egress").toString());
            assertEquals(1, policy.at("/spec/ingress").size());
            var from = policy.at("/spec/ingress/0/from/0/podSelector/matchLabels");
            assertEquals("server", from.path("app.kubernetes.io/component").asText());
            var service = trial.the("Service", "postern-" + store);
            assertEquals(service.at("/spec/ports/0/port"), policy.at("/spec/ingress/0/ports/0/port"));
        }
    }

    @Test
    void callersAndScrapersAreTheNamedOnes() {
        var policy = Chart.render(Chart.ciValues("production")).the("NetworkPolicy", "postern");

        assertEquals(
                List.of("ingress-nginx", "shop", "monitoring"),
                policy.at("/spec/ingress").findValues("values").stream()
                        .flatMap(JsonNode::valueStream)
                        .map(JsonNode::asText)
                        .toList());
        policy.at("/spec/ingress")
                .forEach(rule -> assertEquals("http", rule.at("/ports/0/port").asText()));
    }

    /** As the service refuses them too (RULES I3, webhooks). */
    @Test
    void webhooksReachPublicAddressesAndTheNetworksThatAreAllowed() {
        var everything = Chart.render(Chart.ciValues("everything")).the("NetworkPolicy", "second-step");
        var blocks = everything.at("/spec/egress").findValues("ipBlock");
        var open = blocks.stream()
                .filter(block -> block.path("cidr").asText().endsWith("/0"))
                .toList();

        assertEquals(2, open.size());
        assertTrue(open.toString().contains("10.0.0.0/8") && open.toString().contains("169.254.0.0/16"));
        assertTrue(open.toString().contains("fc00::/7"));
        var networks = blocks.stream().map(block -> block.path("cidr").asText()).collect(Collectors.toSet());
        assertTrue(networks.containsAll(Set.of("10.20.0.0/16", "fd00:1::/32")), networks::toString);
        assertTrue(tcpPorts(everything.at("/spec/egress")).contains(8443));
    }

    @Test
    void policyCanBeLeftToSomebodyElse() {
        var none = Chart.render(Chart.ciValues("small"), "networkPolicy: {enabled: false}");

        assertEquals(0, none.ofKind("NetworkPolicy").count());
    }

    private static String set(Map<String, String> settings, String variable) {
        return Objects.requireNonNull(settings.get(variable), variable);
    }

    private static Set<Integer> ports(String urls, int otherwise) {
        // One authority may name several hosts, and several URLs may stand in a row.
        return Arrays.stream(urls.replaceAll(",([a-z]+://)?", " x://").split(" ", -1))
                .map(URI::create)
                .map(uri -> uri.getPort() < 0 ? otherwise : uri.getPort())
                .collect(Collectors.toSet());
    }

    private static Set<Integer> tcpPorts(JsonNode rules) {
        return rules.findValues("ports").stream()
                .flatMap(JsonNode::valueStream)
                .filter(port -> port.path("protocol").asText().equals("TCP"))
                .map(port -> port.path("port").asInt())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Manifest policy(Manifests manifests, Manifest.Pod pod) {
        return policiesOf(manifests, pod).findFirst().orElseThrow();
    }

    private static Stream<Manifest> policiesOf(Manifests manifests, Manifest.Pod pod) {
        return manifests.ofKind("NetworkPolicy").filter(policy -> {
            var labels = policy.at("/spec/podSelector/matchLabels");
            assertFalse(labels.isEmpty(), "a policy of the chart is for the chart's pods");
            return labels.properties().stream()
                    .allMatch(label -> Objects.equals(
                            label.getValue(), pod.metadata().path("labels").get(label.getKey())));
        });
    }
}
