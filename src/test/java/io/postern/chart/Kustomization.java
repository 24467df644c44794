package io.postern.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds a kustomization as {@code kubectl kustomize} does, of the few fields that ours have: resources, patches by file (strategic
 * merge), images and the namespace. Any other field is an error, so that none is passed over.
 */
final class Kustomization {

    private static final Set<String> FIELDS =
            Set.of("apiVersion", "kind", "namespace", "resources", "patches", "images");

    /** What tells the items of a list apart, by the name of the list; the API defines it. Other lists are replaced as a whole. */
    private static final Map<String, String> MERGE_KEYS = Map.of(
            "containers", "name",
            "initContainers", "name",
            "env", "name",
            "volumes", "name",
            "volumeMounts", "mountPath");

    private Kustomization() {}

    static Manifests build(Path directory) {
        return new Manifests(objects(directory).stream().map(Manifest::new).toList());
    }

    private static List<ObjectNode> objects(Path directory) {
        var file = Yaml.file(directory.resolve("kustomization.yaml"));
        file.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException(directory + " has " + field + ", which is not built here");
            }
        });
        var objects = new ArrayList<ObjectNode>();
        file.path("resources").forEach(resource -> {
            var path = directory.resolve(resource.asText()).normalize();
            objects.addAll(Files.isDirectory(path) ? objects(path) : Yaml.all(Chart.read(path)));
        });
        file.path("patches").forEach(patch -> {
            if (patch.size() != 1 || !patch.has("path")) {
                throw new IllegalArgumentException("Patches are built by their path alone: " + patch);
            }
            Yaml.all(Chart.read(directory.resolve(patch.get("path").asText())))
                    .forEach(change -> apply(change, objects));
        });
        file.path("images").forEach(image -> objects.forEach(object -> rename(image, object)));
        if (file.has("namespace")) {
            objects.forEach(object -> ((ObjectNode) object.get("metadata")).set("namespace", file.get("namespace")));
        }
        return objects;
    }

    private static void apply(ObjectNode change, List<ObjectNode> objects) {
        var target = objects.stream()
                .filter(object -> identity(object).equals(identity(change)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Nothing to patch: " + identity(change)));
        merge(target, change);
    }

    private static String identity(ObjectNode object) {
        return object.path("apiVersion") + " " + object.path("kind") + " " + object.at("/metadata/name");
    }

    private static void merge(ObjectNode target, ObjectNode change) {
        change.properties().forEach(member -> {
            var name = member.getKey();
            switch (member.getValue()) {
                case ObjectNode inner when target.get(name) instanceof ObjectNode known -> merge(known, inner);
                case ArrayNode items
                when MERGE_KEYS.containsKey(name) && target.get(name) instanceof ArrayNode known ->
                    mergeItems(known, items, MERGE_KEYS.get(name));
                case JsonNode none when none.isNull() -> target.remove(name);
                default -> target.set(name, member.getValue().deepCopy());
            }
        });
    }

    private static void mergeItems(ArrayNode known, ArrayNode changes, String key) {
        for (var change : changes) {
            var same = known.valueStream()
                    .filter(item -> item.path(key).equals(change.path(key)))
                    .findFirst();
            same.ifPresentOrElse(
                    item -> merge((ObjectNode) item, (ObjectNode) change), () -> known.add(change.deepCopy()));
        }
    }

    private static void rename(JsonNode image, JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("image").asText().startsWith(image.get("name").asText() + ":")) {
            var tag = object.get("image").asText().replaceFirst(".*:", "");
            var name = image.path("newName").asText(image.get("name").asText());
            object.put("image", name + ":" + image.path("newTag").asText(tag));
        }
        node.forEach(child -> rename(image, child));
    }
}
