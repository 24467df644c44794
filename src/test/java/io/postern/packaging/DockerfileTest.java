package io.postern.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What both images promise to whoever runs them. That they are built is not tried here: that takes a container engine. */
final class DockerfileTest {

    private static final List<String> LABELS =
            List.of("title", "description", "licenses", "version", "revision", "source");

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void runsAsAUserWithoutRights(String name) {
        var users = Dockerfile.read(name).image("USER");
        assertEquals("10001:10001", users.getLast().arguments());
    }

    /** The service is then the process that is told to stop. */
    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void startsWithoutAShell(String name) {
        var image = Dockerfile.read(name);
        var command = image.image("ENTRYPOINT").getLast().command();
        assertTrue(Set.of("java", "/app/postern").contains(command.getFirst()), command::toString);
        assertEquals(List.of(), image.image("CMD"));
        assertEquals(List.of(), image.image("SHELL"));
        assertEquals(List.of(), image.image("RUN"), "whatever it runs takes a shell or a package into the image");
    }

    /** Half of what is there at most is the heap's own business; the rest are threads, buffers and code. */
    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void keepsItsHeapBelowTheLimitAndEndsWhenItIsFull(String name) {
        var command = Dockerfile.read(name).image("ENTRYPOINT").getLast().command();
        assertTrue(command.contains("-XX:+ExitOnOutOfMemoryError"));
        var share = command.stream()
                .filter(option -> option.matches("-XX:Max(RAMPercentage|imumHeapSizePercent)=\\d+"))
                .map(option -> Integer.parseInt(option.substring(option.indexOf('=') + 1)))
                .toList();
        assertEquals(1, share.size());
        assertTrue(share.getFirst() >= 50 && share.getFirst() <= 75, share::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void fetchesNothing(String name) throws IOException {
        var image = Dockerfile.read(name);
        assertEquals(List.of(), image.all("ADD"));
        var text = Files.readString(Dockerfile.FOLDER.resolve(name));
        assertFalse(text.contains("://") || text.contains("curl") || text.contains("apt"), text);
    }

    /** Which registry images come from is the operator's to say. */
    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void namesItsBaseWithoutARegistry(String name) {
        var image = Dockerfile.read(name);
        var base = image.all("ARG").getFirst().arguments();
        assertTrue(base.matches("BASE_IMAGE=[a-z0-9-]+:[0-9][a-z0-9.-]*"), base);
        assertTrue(image.all("FROM").getFirst().arguments().startsWith("${BASE_IMAGE}"));
        assertTrue(image.all("FROM").stream()
                .skip(1)
                .allMatch(from -> from.arguments().equals("scratch")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void saysWhatItIs(String name) {
        var labels = Dockerfile.read(name).image("LABEL").getLast().arguments();
        for (var label : LABELS) {
            assertTrue(labels.contains("org.opencontainers.image.%s=\"".formatted(label)), label);
        }
        var given = Dockerfile.read(name).image("ARG").stream()
                .map(argument -> argument.arguments().replaceAll("=.*", ""))
                .toList();
        assertEquals(List.of("VERSION", "REVISION", "SOURCE"), given);
        given.forEach(argument -> assertTrue(labels.contains("${%s}".formatted(argument)), argument));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void exposesTheConfiguredPort(String name) throws IOException {
        var settings = new Properties();
        try (InputStream file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            settings.load(file);
        }
        assertEquals(
                List.of(settings.getProperty("quarkus.http.port")),
                Dockerfile.read(name).image("EXPOSE").stream()
                        .map(Dockerfile.Instruction::arguments)
                        .toList());
    }

    /** Whoever builds may have files that only they may read. */
    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void whatIsCopiedMayBeReadByItsUserAndChangedByNobody(String name) {
        for (var copy : Dockerfile.read(name).all("COPY")) {
            assertTrue(copy.has("--from=") || copy.has("--chmod=0555") || copy.has("--chmod=0444"), copy.arguments());
            assertFalse(copy.has("--chown"), copy.arguments());
        }
    }

    /** Else a build would send the whole machine's checkout, or lack what it copies. */
    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile.jvm", "Dockerfile.native"})
    void engineIsSentWhatIsCopiedAndNothingElse(String name) throws IOException {
        var sent = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(Files.readAllLines(Path.of(".dockerignore")).contains("*"));
        var missing = Dockerfile.read(name).copied().stream()
                .filter(path -> sent.stream().noneMatch(path::startsWith))
                .toList();
        assertEquals(List.of(), missing);
        var copied = Arrays.stream(new String[] {"Dockerfile.jvm", "Dockerfile.native"})
                .flatMap(file -> Dockerfile.read(file).copied().stream())
                .toList();
        var idle = sent.stream()
                .filter(path -> copied.stream().noneMatch(each -> each.startsWith(path)))
                .toList();
        assertEquals(List.of(), idle);
    }
}
