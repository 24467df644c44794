package io.postern.chart;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart is in order, and all that it renders is what the Kubernetes API takes. */
@EnabledIf(Chart.RENDERED)
final class ChartTest {

    private static Stream<String> ci() {
        return Chart.ci();
    }

    @Test
    void chartIsOfThisVersionOfTheService() throws IOException {
        var pom = Files.readString(Chart.DIRECTORY.resolve("../../pom.xml"));
        var version = pom.replaceAll("(?s).*?<artifactId>postern</artifactId>\\s*<version>([^<]+)<.*", "$1");

        assertEquals(
                version,
                Yaml.file(Chart.DIRECTORY.resolve("Chart.yaml"))
                        .path("appVersion")
                        .asText());
    }

    /** {@code helm lint} takes no values here, so they are laid over those of a copy of the chart. */
    @ParameterizedTest
    @MethodSource("ci")
    void valuesOfCiPassTheStrictLint(String name, @TempDir Path directory) throws IOException {
        var copy = Chart.copyTo(directory);
        var defaults = Yaml.file(copy.resolve("values.yaml"));
        Files.writeString(copy.resolve("values.yaml"), Yaml.write(Yaml.over(defaults, Yaml.one(Chart.ciValues(name)))));

        var result = new Helm(copy).lint().strict().call();

        assertFalse(result.isFailed(), () -> String.join("\n", result.getMessages()));
    }

    @ParameterizedTest
    @MethodSource("ci")
    void everyObjectIsOfTheKubernetesApi(String name) {
        var manifests = Chart.render(Chart.ciValues(name));

        assertAll(manifests.all().stream().map(manifest -> () -> KubernetesTypes.check(manifest)));
        assertAll(manifests.all().stream()
                .map(manifest -> () -> assertEquals(
                        Chart.NAMESPACE, manifest.at("/metadata/namespace").asText(), manifest::toString)));
    }

    /** Else a template could be left untried. */
    @Test
    void everyTemplateIsRenderedByCi() throws IOException {
        var rendered = new TreeSet<String>();
        Chart.ci()
                .forEach(name -> Chart.render(Chart.ciValues(name))
                        .all()
                        .forEach(manifest -> rendered.add(manifest.kind() + " "
                                + manifest.at("/metadata/labels/app.kubernetes.io~1component")
                                        .asText())));
        try (var templates = Files.walk(Chart.DIRECTORY.resolve("templates"))) {
            var kinds = templates
                    .filter(file -> file.toString().endsWith(".yaml"))
                    .flatMap(file -> Chart.read(file).lines().filter(line -> line.startsWith("kind: ")))
                    .map(line -> line.substring("kind: ".length()))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(
                    kinds,
                    rendered.stream()
                            .map(kind -> kind.replaceAll(" .*", ""))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
        assertTrue(
                rendered.containsAll(Set.of("Job migration", "Pod test", "StatefulSet postgres", "StatefulSet redis")),
                rendered::toString);
    }

    @Test
    void unknownMembersAreFound() {
        refuse("Deployment", "replica", deployment -> spec(deployment).put("replica", 2));
        refuse("Deployment", "livenesProbe", deployment -> container(deployment).putObject("livenesProbe"));
        refuse("NetworkPolicy", "policyType", policy -> spec(policy).putArray("policyType"));
        refuse("HTTPRoute", "hostname", route -> spec(route).putArray("hostname"));
        refuse("ServiceMonitor", "endpoint", monitor -> spec(monitor).putArray("endpoint"));
        refuse("PrometheusRule", "group", rule -> spec(rule).putArray("group"));
    }

    @Test
    void missingMembersAreFound() {
        refuse("Deployment", "selector", deployment -> spec(deployment).remove("selector"));
        refuse("Deployment", "name", deployment -> container(deployment).remove("name"));
        refuse("HorizontalPodAutoscaler", "maxReplicas", scaler -> spec(scaler).remove("maxReplicas"));
    }

    @Test
    void membersOfAnotherTypeAreFound() {
        refuse("Deployment", "replicas", deployment -> spec(deployment).put("replicas", "2"));
        refuse("ConfigMap", "POSTERN_ISSUER", map -> ((ObjectNode) map.get("data")).put("POSTERN_ISSUER", 8));
        refuse("Deployment", "image", deployment -> container(deployment).put("image", true));
        refuse("Service", "type", service -> spec(service).put("type", 8080));
        refuse(
                "ServiceMonitor",
                "interval",
                monitor -> ((ObjectNode) monitor.at("/spec/endpoints/0")).put("interval", 30));
    }

    @Test
    void whatTheSchemaCannotSayIsRefusedInASentence() {
        var least = """
                issuer: http://localhost:8080
                keys: {generate: true}
                bundledPostgres: {enabled: true}
                bundledRedis: {enabled: true}
                """;
        assertEquals(1, Chart.render(least).ofKind("Deployment").count());

        refuseValues("issuer must be set", least, "issuer: ''");
        refuseValues("keys.existingSecret.name", least, "keys: {generate: false}");
        refuseValues("exclude each other", least, "keys: {existingSecret: {name: mine}}");
        refuseValues("database.url must be set", least, "bundledPostgres: {enabled: false}");
        refuseValues("redis.hosts must be set", least, "bundledRedis: {enabled: false}");
        refuseValues("excludes database.url", least, "database: {url: 'jdbc:postgresql://host/postern'}");
        refuseValues("mail.host must be set", least, "mail: {from: no-reply@example.com}");
        refuseValues("sms.twilio needs", least, "sms: {providers: [twilio]}");
        refuseValues("sms.http needs", least, "sms: {providers: [http]}");
        refuseValues("needs a secret", least, "bootstrap: {clients: [{application: a, client: b, scopes: [verify]}]}");
        refuseValues("greater than maxReplicas", least, "autoscaling: {enabled: true, minReplicas: 9}");
        refuseValues("there before the chart", least, "migration: {mode: job}");
        refuseValues(
                "there before the chart",
                Chart.ciValues("production"),
                "operators: {existingSecret: {name: ''}, " + "bootstrapSecret: in-clear-0123456789}");
    }

    private static void refuseValues(String reason, String... values) {
        var refusal = assertThrows(IllegalStateException.class, () -> Chart.render(values));
        assertTrue(String.valueOf(refusal.getMessage()).contains(reason), refusal::getMessage);
    }

    private static void refuse(String kind, String member, Consumer<ObjectNode> change) {
        var rendered = Chart.render(Chart.ciValues("everything")).ofKind(kind).toList();
        var json = List.copyOf(rendered).getFirst().json();
        change.accept(json);
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> KubernetesTypes.check(new Manifest(json)), kind + " " + member);
        assertTrue(String.valueOf(refusal.getMessage()).contains(member), refusal::getMessage);
    }

    private static ObjectNode spec(ObjectNode object) {
        return (ObjectNode) object.get("spec");
    }

    private static ObjectNode container(ObjectNode deployment) {
        return (ObjectNode) deployment.at("/spec/template/spec/containers/0");
    }
}
