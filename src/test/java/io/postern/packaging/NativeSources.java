package io.postern.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.postern.embedded.Build;
import io.quarkus.bootstrap.app.ApplicationModelSerializer;
import io.quarkus.bootstrap.app.QuarkusBootstrap;
import io.quarkus.bootstrap.model.ApplicationModel;
import io.quarkus.maven.dependency.DependencyFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What Quarkus would hand to the native compiler: it does all its work for an executable but the last step, for which it would
 * need one.
 *
 * @param arguments of the compiler, as one text
 * @param resources which of the class path the executable has
 * @param types what may be looked into, by class, as the compiler reads it
 * @param late names among which are those of the classes and packages that are initialized in each process
 */
record NativeSources(String arguments, List<Pattern> resources, Map<String, JsonNode> types, Set<String> late) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern RUN_TIME = Pattern.compile("--initialize-at-run-time=([^ \"\\\\]+)");

    /** Does the work in a directory, as on a machine that speaks Arabic; it takes some ten seconds. */
    static NativeSources in(Path directory) throws Exception {
        var settings = new Properties();
        settings.setProperty("quarkus.native.enabled", "true");
        settings.setProperty("quarkus.native.sources-only", "true");
        settings.setProperty("quarkus.package.jar.enabled", "false");
        var bootstrap = QuarkusBootstrap.builder()
                .setExistingModel(delivered(directory))
                .setApplicationRoot(Build.directory().resolve("classes"))
                .setProjectRoot(Build.directory().getParent())
                .setTargetDirectory(directory)
                .setBaseName("postern")
                .setMode(QuarkusBootstrap.Mode.PROD)
                .setIsolateDeployment(true)
                .setBuildSystemProperties(settings)
                .build();
        var language = System.setProperty("user.language", "ar");
        try (var application = bootstrap.bootstrap()) {
            application.createAugmentor().createProductionApplication();
        } finally {
            System.setProperty("user.language", language);
        }
        return read(directory.resolve("native-sources"));
    }

    /** The libraries as Maven has found them for the tests; those of the tests alone may help with the work, and are left out of it. */
    private static ApplicationModel delivered(Path directory) throws IOException {
        var model = JSON.readTree(Build.directory()
                .resolve("quarkus/bootstrap/test-app-model.dat")
                .toFile());
        for (var library : model.path("dependencies")) {
            if (library.path("scope").asText().equals("test")) {
                ((ObjectNode) library).put("flags", library.path("flags").asInt() & ~DependencyFlags.RUNTIME_CP);
            }
        }
        var file = directory.resolve("model.dat");
        JSON.writeValue(file.toFile(), model);
        return ApplicationModelSerializer.deserialize(file);
    }

    /** The lists in the jar of the application; those of libraries are left to them. */
    private static NativeSources read(Path sources) throws IOException {
        try (var jars = Files.newDirectoryStream(sources, "*.jar");
                var jar = new JarFile(jars.iterator().next().toFile())) {
            var resources = list(jar, "resource-config.json")
                    .at("/resources/includes")
                    .valueStream()
                    .map(each -> Pattern.compile(each.path("pattern").asText()))
                    .toList();
            var types = new TreeMap<String, JsonNode>();
            list(jar, "reflect-config.json")
                    .forEach(each -> types.put(each.path("name").asText(), each));
            var arguments = Files.readString(sources.resolve("native-image.args"));
            return new NativeSources(arguments, resources, types, late(jar, arguments));
        }
    }

    /** Extensions say so in code that is made for the compiler, libraries in arguments of their own. */
    private static Set<String> late(JarFile jar, String arguments) throws IOException {
        var names = new HashSet<String>();
        try (var bytes = jar.getInputStream(jar.getEntry("io/quarkus/runner/Feature.class"))) {
            names.addAll(Libraries.texts(bytes.readAllBytes()));
        }
        Stream.concat(Stream.of(arguments), Libraries.delivered().flatMap(Libraries::arguments))
                .flatMap(text -> RUN_TIME.matcher(text).results())
                .flatMap(found -> Stream.of(found.group(1).split(",", -1)))
                .forEach(names::add);
        return names;
    }

    private static JsonNode list(JarFile jar, String name) throws IOException {
        try (var bytes = jar.getInputStream(jar.getEntry("META-INF/native-image/" + name))) {
            return JSON.readTree(bytes);
        }
    }

    /** Whether the class is initialized when the executable runs, and not when it is built. */
    boolean isStartedInEachProcess(String type) {
        return late.stream().anyMatch(name -> type.equals(name) || type.startsWith(name + "."));
    }

    /** Whether the executable has the resource. */
    boolean has(String resource) {
        return resources.stream().anyMatch(pattern -> pattern.matcher(resource).matches());
    }
}
