package io.postern.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.postern.embedded.Build;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Dockerfiles copy is there after a build, and works where they put it. */
final class ImageContentIT {

    private static final Dockerfile IMAGE = Dockerfile.read("Dockerfile.jvm");

    @Test
    void whatIsCopiedIsThere() throws IOException {
        assumeFalse(Build.isNative());
        var missing = new ArrayList<String>();
        for (var path : IMAGE.copied()) {
            if (!path.endsWith("app.aot") && !isThere(path)) {
                missing.add(path);
            }
        }
        assertEquals(List.of(), missing);
    }

    /** A part of the packaged service that the image lacks would show when it runs, which is not tried here. */
    @Test
    void everythingThatWasPackagedIsCopied() throws IOException {
        assumeFalse(Build.isNative());
        var left = new ArrayList<String>();
        try (var packaged = Files.list(Build.directory().resolve("quarkus-app"))) {
            for (var path : packaged.toList()) {
                var name = "target/quarkus-app/" + path.getFileName();
                if (IMAGE.copied().stream().noneMatch(copied -> matches(copied, name))) {
                    left.add(name);
                }
            }
        }
        assertEquals(List.of(), left);
    }

    /** Docker copies files with their times, by which the JVM knows them. */
    @Test
    void cacheIsTakenWhereTheImageHasIt(@TempDir Path image) throws Exception {
        assumeTrue(Files.exists(Build.aotCache()), "made before a whole run alone");
        var copy = List.of(
                "cp",
                "-a",
                Build.directory().resolve("quarkus-app").toString(),
                image.resolve("app").toString());
        assertEquals("", run(copy, image));
        var command = new ArrayList<String>();
        for (var word : IMAGE.image("ENTRYPOINT").getLast().command()) {
            command.add(word.equals("-jar") ? "-cp" : word);
        }
        command.set(0, Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.add(1, "-XX:AOTMode=on"); // ends the JVM where the cache does not fit
        command.add("-version");
        assertEquals("", run(command, image.resolve("app")), "the log is of JSON alone");
    }

    private static boolean isThere(String path) throws IOException {
        var file = Path.of(path);
        if (!path.contains("*")) {
            return Files.exists(file);
        }
        try (var found =
                Files.newDirectoryStream(file.getParent(), file.getFileName().toString())) {
            return found.iterator().hasNext();
        }
    }

    private static boolean matches(String copied, String name) {
        var path = copied.endsWith("/") ? copied.substring(0, copied.length() - 1) : copied;
        return FileSystems.getDefault().getPathMatcher("glob:" + path).matches(Path.of(name));
    }

    /** What it writes to its standard output. */
    private static String run(List<String> command, Path directory) throws Exception {
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD) // -version writes there
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> command + ": " + said);
        return said;
    }
}
