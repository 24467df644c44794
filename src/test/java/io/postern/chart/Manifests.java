package io.postern.chart;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one rendering gave. */
record Manifests(List<Manifest> all) {

    static Manifests of(String yaml) {
        return new Manifests(Yaml.all(yaml).stream().map(Manifest::new).toList());
    }

    Stream<Manifest> ofKind(String kind) {
        return all.stream().filter(manifest -> manifest.kind().equals(kind));
    }

    /** The one of that kind whose name is this. */
    Manifest the(String kind, String name) {
        return ofKind(kind)
                .filter(manifest -> manifest.name().equals(name))
                .collect(Collectors.collectingAndThen(Collectors.toList(), found -> {
                    if (found.size() != 1) {
                        throw new AssertionError(found.size() + " times " + kind + " " + name + " in " + all);
                    }
                    return found.getFirst();
                }));
    }

    Stream<Manifest.Pod> pods() {
        return all.stream().flatMap(manifest -> manifest.pod().stream());
    }

    /** The service itself, its Deployment. */
    Manifest server() {
        return pods().filter(pod -> pod.component().equals("server"))
                .map(Manifest.Pod::of)
                .findFirst()
                .orElseThrow();
    }

    /** The settings that are not secret, by their environment variables. */
    Map<String, String> settings() {
        var settings = new TreeMap<String, String>();
        the("ConfigMap", server().name())
                .at("/data")
                .properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        return settings;
    }

    /** The variables of all containers of the service's image. */
    Set<String> variables() {
        var names = new TreeSet<String>(settings().keySet());
        pods().filter(pod -> pod.component().equals("server") || pod.component().equals("migration"))
                .flatMap(Manifest.Pod::containers)
                .flatMap(container -> container.path("env").valueStream())
                .forEach(variable -> names.add(variable.path("name").asText()));
        return names;
    }
}
