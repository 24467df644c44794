package io.postern.watching;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The rules of {@code helm/postern/files/alerts.yaml}. */
final class AlertFile {

    static final String NAME = "helm/postern/files/alerts.yaml";

    private final List<JsonNode> rules = new ArrayList<>();

    private AlertFile() {}

    /**
     * @param waits whether its query has to hold for a while
     * @param text what stands under {@code annotations}
     */
    record Alert(String name, String query, boolean waits, String severity, JsonNode text) {

        String text(String annotation) {
            return text.path(annotation).asText();
        }
    }

    static AlertFile read() {
        var file = new AlertFile();
        yaml(Repository.file(NAME))
                .path("groups")
                .forEach(group -> group.path("rules").forEach(file.rules::add));
        return file;
    }

    static JsonNode yaml(Path file) {
        try {
            return new YAMLMapper().readTree(Repository.text(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Alert> alerts() {
        return rules.stream()
                .filter(rule -> rule.has("alert"))
                .map(rule -> new Alert(
                        rule.path("alert").asText(),
                        rule.path("expr").asText(),
                        rule.has("for"),
                        rule.at("/labels/severity").asText(),
                        rule.path("annotations")))
                .toList();
    }

    /** The names of what is recorded. */
    List<String> recorded() {
        return rules.stream()
                .filter(rule -> rule.has("record"))
                .map(rule -> rule.path("record").asText())
                .toList();
    }

    /** All queries, those of what is recorded too. */
    List<String> queries() {
        return rules.stream().map(rule -> rule.path("expr").asText()).toList();
    }
}
