package io.postern.chart;

import com.marcnuri.helm.Helm;
import io.postern.embedded.Build;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The chart, and what Helm makes of it. Values are given as YAML, each over those before it. */
final class Chart {

    static final Path DIRECTORY = Build.directory().resolveSibling("helm").resolve("postern");
    /** Names {@link #isRendered} in the condition of a test. */
    static final String RENDERED = "io.postern.chart.Chart#isRendered";

    static final String RELEASE = "postern";
    static final String NAMESPACE = "identity";

    private static final String KUBERNETES = "1.33.0";
    private static final String CI_ENDING = "-values.yaml";

    private Chart() {}

    /** The names of the values that CI renders. */
    static Stream<String> ci() {
        try (var files = Files.list(DIRECTORY.resolve("ci"))) {
            return files.map(file -> file.getFileName().toString().replace(CI_ENDING, "")).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String ciValues(String name) {
        return read(DIRECTORY.resolve("ci").resolve(name + CI_ENDING));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Renders it for a cluster in which nothing is, hooks included.
     *
     * @throws IllegalStateException with Helm's words where the values are refused
     */
    static Manifests render(String... values) {
        EmptyCluster.isTheCurrentOne();
        return withFiles(List.of(values), files -> {
            var command = new Helm(HooksShown.DIRECTORY)
                    .template()
                    .withName(RELEASE)
                    .withNamespace(NAMESPACE)
                    .withKubeVersion(KUBERNETES);
            files.forEach(command::withValuesFile);
            return Manifests.of(command.call().replace(HooksShown.INSTEAD, HooksShown.HOOK));
        });
    }

    /** Whether Helm's library is to be had for this machine. Tests that render are skipped where it is not. */
    static boolean isRendered() {
        var platform = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        return Chart.class.getResource("/helm-linux-" + platform + ".so") != null;
    }

    /** Gives the values to a command as files that are there for its time. */
    static <T> T withFiles(List<String> values, Function<List<Path>, T> command) {
        var files = new ArrayList<Path>();
        try {
            for (var text : values) {
                files.add(Files.writeString(Files.createTempFile("values", ".yaml"), text));
            }
            return command.apply(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            files.forEach(Chart::delete);
        }
    }

    private static void deleteAll(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (var files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(Chart::delete);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of the chart whose hooks are objects as others are: rendering leaves hooks out. */
    private static final class HooksShown {

        static final String HOOK = "helm.sh/hook";
        static final String INSTEAD = "helm.sh/shown-hook";
        static final Path DIRECTORY = copy();

        private static Path copy() {
            try {
                var shown = Build.directory().resolve("chart-with-hooks-shown");
                deleteAll(shown);
                var copy = copyTo(Files.createDirectories(shown));
                try (var templates = Files.walk(copy.resolve("templates"))) {
                    for (var template : templates.filter(Files::isRegularFile).toList()) {
                        Files.writeString(template, read(template).replace(HOOK, INSTEAD));
                    }
                }
                return copy;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A copy of the chart in the directory. */
    static Path copyTo(Path directory) {
        try (var files = Files.walk(DIRECTORY)) {
            for (var file : files.toList()) {
                Files.copy(file, directory.resolve(DIRECTORY.getFileName()).resolve(DIRECTORY.relativize(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return directory.resolve(DIRECTORY.getFileName());
    }
}
