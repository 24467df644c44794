package io.postern.chart;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The overlays in {@code k8s} say what the chart says when it is given their {@code chart-values.yaml}. */
@EnabledIf(Chart.RENDERED)
final class KustomizeTest {

    private static final long SECONDS = 30;
    private static final Path OVERLAYS =
            Chart.DIRECTORY.resolve("../../k8s/overlays").normalize();

    /** What only Helm puts there, and what says when Helm's copies are made anew. */
    private static final Set<String> OF_HELM = Set.of(
            "helm.sh/chart",
            "app.kubernetes.io/managed-by",
            "helm.sh/resource-policy",
            "checksum/settings",
            "checksum/secrets");

    @ParameterizedTest
    @ValueSource(strings = {"trial", "production"})
    void overlaySaysTheSameAsTheChart(String overlay) {
        var built = Kustomization.build(OVERLAYS.resolve(overlay));
        var rendered = Chart.render(Chart.read(OVERLAYS.resolve(overlay).resolve("chart-values.yaml")));

        assertSame(meaning(rendered), meaning(built));
        assertAll(built.all().stream().map(manifest -> () -> KubernetesTypes.check(manifest)));
    }

    /** Where it is installed, the program itself builds the same as is built here. */
    @ParameterizedTest
    @ValueSource(strings = {"trial", "production"})
    void kubectlBuildsTheSame(String overlay, @TempDir Path directory) throws IOException, InterruptedException {
        var output = directory.resolve("built.yaml");
        var kubectl = kustomize(OVERLAYS.resolve(overlay), output);
        assumeTrue(kubectl, "no kubectl with a kustomize that knows patches by path (since 4.0) is installed");

        assertSame(
                meaning(Manifests.of(Files.readString(output))),
                meaning(Kustomization.build(OVERLAYS.resolve(overlay))));
    }

    @Test
    void fieldThatIsNotBuiltIsRefused(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("kustomization.yaml"), "namePrefix: a-\n");

        assertThrows(IllegalArgumentException.class, () -> Kustomization.build(directory));
    }

    @Test
    void patchOfNothingIsRefused(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("kustomization.yaml"), "patches: [{path: patch.yaml}]\n");
        Files.writeString(directory.resolve("patch.yaml"), "{apiVersion: v1, kind: Service, metadata: {name: a}}\n");

        assertThrows(IllegalArgumentException.class, () -> Kustomization.build(directory));
    }

    private static void assertSame(Map<String, JsonNode> expected, Map<String, JsonNode> built) {
        assertEquals(expected.keySet(), built.keySet());
        assertAll(expected.keySet().stream()
                .map(name -> () -> assertEquals(pretty(expected, name), pretty(built, name), name)));
    }

    private static String pretty(Map<String, JsonNode> objects, String name) {
        return Objects.requireNonNull(objects.get(name)).toPrettyString();
    }

    /** Objects by kind and name, without what is Helm's alone, in one order. Secrets are the operator's to make. */
    private static Map<String, JsonNode> meaning(Manifests manifests) {
        var objects = new TreeMap<String, JsonNode>();
        manifests.all().stream()
                .filter(manifest -> !manifest.kind().equals("Secret"))
                .forEach(manifest -> {
                    var json = manifest.json().deepCopy();
                    ((ObjectNode) json.get("metadata")).remove("namespace");
                    objects.put(manifest.toString(), ordered(json));
                });
        return objects;
    }

    private static JsonNode ordered(JsonNode node) {
        if (node instanceof ObjectNode object) {
            var result = JsonNodeFactory.instance.objectNode();
            object.properties().stream()
                    .filter(member -> !OF_HELM.contains(member.getKey()))
                    .map(member -> Map.entry(member.getKey(), ordered(member.getValue())))
                    .filter(member -> !member.getKey().equals("annotations")
                            || !member.getValue().isEmpty())
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(member -> result.set(member.getKey(), member.getValue()));
            return result;
        }
        if (node instanceof ArrayNode array) {
            // Names tell the items of these lists apart; the order of the others means something, or may.
            boolean named = !array.isEmpty()
                    && StreamSupport.stream(array.spliterator(), false).allMatch(item -> item.has("name"));
            var items = array.valueStream().map(KustomizeTest::ordered);
            var result = JsonNodeFactory.instance.arrayNode();
            (named
                            ? items.sorted(Comparator.comparing(
                                    (JsonNode item) -> item.get("name").asText()))
                            : items)
                    .forEach(result::add);
            return result;
        }
        return node;
    }

    /** Whether it was built into the file. */
    private static boolean kustomize(Path overlay, Path output) throws IOException, InterruptedException {
        var version = output.resolveSibling("version");
        var known = run(List.of("kubectl", "version", "--client"), version);
        if (!known || !Files.readString(version).matches("(?s).*Kustomize Version: v[4-9].*")) {
            return false;
        }
        if (!run(List.of("kubectl", "kustomize", overlay.toString()), output)) {
            throw new AssertionError("kubectl does not build " + overlay + ", and says above why");
        }
        return true;
    }

    private static boolean run(List<String> command, Path output) throws IOException, InterruptedException {
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                return process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return false; // there is none
        }
    }
}
