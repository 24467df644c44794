package io.postern.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the build put things. */
public final class Build {
    private Build() {}

    /** The build's output directory. Surefire and Failsafe name the project in {@code basedir}; others start in it. */
    public static Path directory() {
        return Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();
    }

    /** Whether this run is about the native executable: {@code -Dnative}. */
    public static boolean isNative() {
        String value = System.getProperty("native");
        return value != null && !value.equals("false");
    }

    /** The packaged application: Quarkus' runnable jar, or with {@code -Dnative} its native executable. */
    public static Path artifact() {
        Path artifact = isNative() ? nativeExecutable() : directory().resolve("quarkus-app/quarkus-run.jar");
        if (!Files.exists(artifact)) {
            throw new IllegalStateException(
                    "The service is not packaged: " + artifact + " is missing. Build it first.");
        }
        return artifact;
    }

    /** What makes a JVM start faster, where a training run has made it; with it the jar may start from any directory. */
    public static Path aotCache() {
        return directory().resolve("quarkus-app/app.aot");
    }

    private static Path nativeExecutable() {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory(), "*-runner")) {
            for (Path executable : found) {
                return executable;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return directory().resolve("*-runner");
    }
}
