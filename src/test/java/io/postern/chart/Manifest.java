package io.postern.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.stream.Stream;

/** An object for Kubernetes, as it was rendered. */
record Manifest(ObjectNode json) {

    String apiVersion() {
        return json.path("apiVersion").asText();
    }

    String kind() {
        return json.path("kind").asText();
    }

    String name() {
        return json.at("/metadata/name").asText();
    }

    JsonNode at(String pointer) {
        return json.at(pointer);
    }

    /** The pods that it makes, or is: their labels and what they are of. */
    Optional<Pod> pod() {
        return switch (kind()) {
            case "Pod" -> Optional.of(new Pod(this, json.path("metadata"), json.path("spec")));
            case "Deployment", "StatefulSet", "Job" ->
                Optional.of(new Pod(this, at("/spec/template/metadata"), at("/spec/template/spec")));
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return kind() + " " + name();
    }

    /** What a workload makes. */
    record Pod(Manifest of, JsonNode metadata, JsonNode spec) {

        /** All containers, those of the initialization first. */
        Stream<JsonNode> containers() {
            return Stream.concat(
                    spec.path("initContainers").valueStream(),
                    spec.path("containers").valueStream());
        }

        String component() {
            return metadata.path("labels").path("app.kubernetes.io/component").asText();
        }

        @Override
        public String toString() {
            return "pod of " + of;
        }
    }
}
