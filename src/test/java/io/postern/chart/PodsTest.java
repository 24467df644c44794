package io.postern.chart;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** What every pod of the chart keeps to, with all values of CI: the restricted level of Pod Security, and more. */
@EnabledIf(Chart.RENDERED)
final class PodsTest {

    private static final Set<String> VOLUMES_OF_THE_RESTRICTED_LEVEL = Set.of(
            "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret");
    private static final int SECONDS_OF_AN_END = 26;

    @Test
    void podsRunAsAPlainUserWithoutRights() {
        eachPod(pod -> {
            var security = pod.spec().path("securityContext");
            assertTrue(security.path("runAsNonRoot").asBoolean());
            assertTrue(security.path("runAsUser").asInt() > 0);
            assertEquals("RuntimeDefault", security.at("/seccompProfile/type").asText());
            assertFalse(pod.spec().path("automountServiceAccountToken").asBoolean(true), "no token of the cluster");
            for (var shared : Set.of("hostNetwork", "hostPID", "hostIPC")) {
                assertFalse(pod.spec().path(shared).asBoolean());
            }
            pod.spec()
                    .path("volumes")
                    .forEach(volume -> assertTrue(
                            volume.properties().stream()
                                    .allMatch(member -> member.getKey().equals("name")
                                            || VOLUMES_OF_THE_RESTRICTED_LEVEL.contains(member.getKey())),
                            volume::toString));
        });
        eachPod(pod -> pod.containers().forEach(container -> {
            var security = container.path("securityContext");
            assertFalse(security.path("allowPrivilegeEscalation").asBoolean(true));
            assertFalse(security.path("privileged").asBoolean(false));
            assertTrue(security.path("readOnlyRootFilesystem").asBoolean());
            assertTrue(security.path("runAsNonRoot").asBoolean());
            assertEquals("[\"ALL\"]", security.at("/capabilities/drop").toString());
            assertTrue(security.at("/capabilities/add").isMissingNode());
        }));
    }

    /** A copy writes nothing to disk, which {@code MachineIT} shows. */
    @Test
    void copiesHaveNoPlaceToWriteTo() {
        eachPod(pod -> {
            if (pod.component().equals("server") || pod.component().equals("migration")) {
                pod.spec().path("volumes").forEach(volume -> assertFalse(volume.has("emptyDir"), volume::toString));
            }
        });
    }

    @Test
    void everyContainerIsLimitedAndOfAnImageThatIsNamedInFull() {
        eachPod(pod -> pod.containers().forEach(container -> {
            for (var bound : Set.of("requests", "limits")) {
                for (var resource : Set.of("cpu", "memory")) {
                    assertTrue(container.path("resources").path(bound).hasNonNull(resource), container::toString);
                }
            }
            var image = container.path("image").asText();
            assertTrue(image.matches("[^:@]+(:[^:@]+|@sha256:[0-9a-f]{64})"), image);
            assertFalse(image.endsWith(":latest"), image);
        }));
        assertEquals(
                "postern:"
                        + Yaml.file(Chart.DIRECTORY.resolve("Chart.yaml"))
                                .path("appVersion")
                                .asText(),
                Chart.render(Chart.ciValues("small"))
                        .server()
                        .at("/spec/template/spec/containers/0/image")
                        .asText());
    }

    @Test
    void whatServesIsProbed() {
        eachPod(pod -> {
            if (pod.of().kind().equals("Deployment") || pod.of().kind().equals("StatefulSet")) {
                pod.spec().path("containers").forEach(container -> {
                    for (var probe : Set.of("startupProbe", "livenessProbe", "readinessProbe")) {
                        assertTrue(container.has(probe), probe);
                    }
                });
            }
        });
        var container = Chart.render(Chart.ciValues("small")).server().at("/spec/template/spec/containers/0");
        assertEquals(
                "/q/health/started", container.at("/startupProbe/httpGet/path").asText());
        assertEquals(
                "/q/health/live", container.at("/livenessProbe/httpGet/path").asText());
        assertEquals(
                "/q/health/ready", container.at("/readinessProbe/httpGet/path").asText());
    }

    @Test
    void ofThePodsOnlyCopiesOfTheServiceAreCalled() {
        eachCi(manifests -> {
            var services = manifests.ofKind("Service").toList();
            manifests
                    .pods()
                    .forEach(pod -> assertEquals(
                            pod.component().matches("server|postgres|redis") ? 1 : 0,
                            services.stream()
                                    .filter(service -> selects(service.at("/spec/selector"), pod))
                                    .count(),
                            pod::toString));
        });
    }

    @Test
    void selectorsFindTheirPods() {
        eachPod(pod -> {
            var selector = pod.of().at("/spec/selector/matchLabels");
            assertTrue(selector.isMissingNode() || selects(selector, pod), pod::toString);
        });
        eachCi(manifests -> manifests
                .ofKind("PodDisruptionBudget")
                .forEach(budget -> assertEquals(
                        Set.of("server"),
                        manifests
                                .pods()
                                .filter(pod -> selects(budget.at("/spec/selector/matchLabels"), pod))
                                .map(Manifest.Pod::component)
                                .collect(Collectors.toSet()))));
        eachCi(manifests -> manifests
                .server()
                .at("/spec/template/spec/topologySpreadConstraints")
                .forEach(spread -> assertTrue(selects(
                        spread.at("/labelSelector/matchLabels"),
                        manifests.server().pod().orElseThrow()))));
    }

    @Test
    void rollingUpdateTakesNoCopyAwayBeforeAnotherIsReady() {
        eachCi(manifests -> {
            assertEquals(
                    0,
                    manifests
                            .server()
                            .at("/spec/strategy/rollingUpdate/maxUnavailable")
                            .asInt(9));
            assertTrue(manifests
                            .server()
                            .at("/spec/template/spec/terminationGracePeriodSeconds")
                            .asInt()
                    > SECONDS_OF_AN_END);
        });
    }

    @Test
    void numberOfCopiesIsLeftToTheAutoscalerWhereThereIsOne() {
        eachCi(manifests -> assertEquals(
                manifests.ofKind("HorizontalPodAutoscaler").count() == 0,
                manifests.server().at("/spec").has("replicas")));
    }

    @Test
    void migrationIsAStepOfTheSameImageOrLeftToTheCopies() {
        var init = Chart.render(Chart.ciValues("small"));
        var step = init.server().at("/spec/template/spec/initContainers/0");
        assertEquals("true", value(step, "QUARKUS_INIT_AND_EXIT"));
        assertEquals("true", value(step, "QUARKUS_FLYWAY_MIGRATE_AT_START"));
        assertEquals("false", init.settings().get("QUARKUS_FLYWAY_MIGRATE_AT_START"));
        assertEquals(init.server().at("/spec/template/spec/containers/0/image"), step.path("image"));

        var job = Chart.render(Chart.ciValues("production"));
        var migration = job.ofKind("Job").findFirst().orElseThrow();
        var container = migration.at("/spec/template/spec/containers/0");
        assertEquals("true", value(container, "QUARKUS_INIT_AND_EXIT"));
        assertEquals(
                "pre-install,pre-upgrade",
                migration.at("/metadata/annotations/helm.sh~1hook").asText());
        assertFalse(job.server().at("/spec/template/spec").has("initContainers"));
        job.settings()
                .forEach((name, set) -> assertTrue(
                        name.equals("QUARKUS_FLYWAY_MIGRATE_AT_START") || set.equals(value(container, name)), name));

        var start = Chart.render(Chart.ciValues("everything"));
        assertFalse(start.server().at("/spec/template/spec").has("initContainers"));
        assertFalse(start.settings().containsKey("QUARKUS_FLYWAY_MIGRATE_AT_START"));
    }

    /** It runs before everything else of the chart is there, and while nothing of it is. */
    @Test
    void jobThatRunsBeforeTheChartNeedsNothingOfIt() {
        var manifests = Chart.render(Chart.ciValues("production"));
        var made = manifests.all().stream()
                .filter(manifest -> manifest.kind().matches("ConfigMap|Secret|ServiceAccount"))
                .map(Manifest::name)
                .collect(Collectors.toCollection(TreeSet::new));
        var pod = manifests.ofKind("Job").findFirst().flatMap(Manifest::pod).orElseThrow();

        assertFalse(pod.spec().has("serviceAccountName"));
        assertEquals(Set.of(), named(pod).filter(made::contains).collect(Collectors.toSet()));
    }

    /** What {@code HelmTestIT} gives it. */
    @Test
    void testIsGivenWhatItsScriptReads() {
        var manifests = Chart.render(Chart.ciValues("small"));
        var container = manifests.the("Pod", "postern-test").at("/spec/containers/0");

        assertEquals(
                "[\"python3\",\"-B\",\"/test/challenge.py\"]",
                container.at("/command").toString());
        assertEquals("http://postern:80", value(container, "POSTERN_URL"));
        assertEquals(manifests.settings().get("POSTERN_ISSUER"), value(container, "POSTERN_EXPECTED_ISSUER"));
        assertEquals("demo-admin", value(container, "POSTERN_CLIENT"));
        assertEquals(
                "client-0-secret",
                container.at("/env/3/valueFrom/secretKeyRef/key").asText());
        assertEquals(
                Chart.read(Chart.DIRECTORY.resolve("files/challenge.py")).strip(),
                manifests
                        .the("ConfigMap", "postern-test")
                        .at("/data/challenge.py")
                        .asText()
                        .strip());
        assertEquals(
                0,
                Chart.render(Chart.ciValues("small"), "bootstrap: {clients: []}")
                        .ofKind("Pod")
                        .count());
    }

    /** With the values of a trial, which name nothing of the operator's. */
    @Test
    void whatPodsOfATrialNameIsMade() {
        var manifests = Chart.render(Chart.ciValues("small"));
        var made = manifests.all().stream()
                .filter(manifest -> manifest.kind().matches("ConfigMap|Secret"))
                .map(Manifest::name)
                .collect(Collectors.toCollection(TreeSet::new));

        manifests.pods().flatMap(PodsTest::named).forEach(name -> assertTrue(made.contains(name), name));
    }

    /** A key of the chart's own Secret that a variable names is there. */
    @Test
    void everyVariableFromTheChartsOwnSecretIsInIt() {
        eachCi(manifests -> manifests
                .ofKind("Secret")
                .forEach(secret -> manifests
                        .pods()
                        .flatMap(Manifest.Pod::containers)
                        .flatMap(container -> container.path("env").valueStream())
                        .map(variable -> variable.at("/valueFrom/secretKeyRef"))
                        .filter(reference -> reference.path("name").asText().equals(secret.name()))
                        .forEach(reference -> assertTrue(
                                secret.at("/data").has(reference.path("key").asText()), reference::toString))));
    }

    private static Stream<String> named(Manifest.Pod pod) {
        return Stream.of("configMapRef", "secretRef", "secretKeyRef", "configMapKeyRef", "secret", "configMap")
                .flatMap(member -> pod.spec().findValues(member).stream())
                .map(reference -> reference
                        .path("name")
                        .asText(reference.path("secretName").asText()));
    }

    private static String value(JsonNode container, String name) {
        return container
                .path("env")
                .valueStream()
                .filter(variable -> variable.path("name").asText().equals(name))
                .map(variable -> variable.path("value").asText())
                .collect(Collectors.joining());
    }

    private static boolean selects(JsonNode selector, Manifest.Pod pod) {
        return !selector.isEmpty()
                && selector.properties().stream()
                        .allMatch(label -> Objects.equals(
                                label.getValue(), pod.metadata().path("labels").get(label.getKey())));
    }

    private static void eachCi(Consumer<Manifests> check) {
        assertAll(Chart.ci().map(name -> () -> check.accept(Chart.render(Chart.ciValues(name)))));
    }

    private static void eachPod(Consumer<Manifest.Pod> check) {
        eachCi(manifests -> assertAll(manifests.pods().map(pod -> () -> check.accept(pod))));
    }
}
