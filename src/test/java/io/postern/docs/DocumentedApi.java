package io.postern.docs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Postern;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The OpenAPI document that a copy serves, and whether bodies are what it says. */
final class DocumentedApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    private final JsonNode document;

    DocumentedApi(Postern postern) {
        document = Api.at(postern.first())
                .get("/q/openapi?format=json")
                .expect(200)
                .json();
    }

    JsonNode document() {
        return document;
    }

    /** As {@code GET /v1/policy}. */
    Set<String> names() {
        var names = new TreeSet<String>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(METHODS::contains)
                        .forEach(method -> names.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        return names;
    }

    Stream<JsonNode> operations() {
        return names().stream().map(this::operation);
    }

    JsonNode operation(String name) {
        var parts = name.split(" ", -1);
        return document.required("paths").required(parts[1]).required(parts[0].toLowerCase(Locale.ROOT));
    }

    /** What is wrong with a body that a call is made with. */
    List<String> faultsOfRequest(String name, JsonNode body) {
        return faults(operation(name).at("/requestBody/content/application~1json/schema"), body);
    }

    /** What is wrong with an answer: its status, its type, or a value in it. */
    List<String> faultsOfAnswer(String name, Answer answer) {
        var documented = operation(name).path("responses").path(Integer.toString(answer.status()));
        if (documented.isMissingNode()) {
            return List.of("undocumented status");
        }
        var type = answer.header("Content-Type").orElse("").replaceFirst(";.*", "");
        var content = documented.path("content");
        if (answer.body().isEmpty()) {
            return content.isEmpty() ? List.of() : List.of("no body");
        }
        if (!content.has(type)) {
            return List.of("undocumented type " + type);
        }
        var schema = content.path(type).path("schema");
        return values(type, answer)
                .flatMap(value -> faults(schema, value).stream())
                .toList();
    }

    private static Stream<JsonNode> values(String type, Answer answer) {
        return type.equals("application/x-ndjson")
                ? answer.body().lines().map(DocumentedApi::read)
                : Stream.of(answer.json());
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }

    private List<String> faults(JsonNode schema, JsonNode value) {
        var whole = schema.<ObjectNode>deepCopy();
        whole.set("components", document.path("components"));
        return Stream.concat(
                        SCHEMAS.getSchema(whole).validate(value).stream().map(ValidationMessage::toString),
                        unknown(schema, value).map(member -> "unknown: " + member))
                .toList();
    }

    /** Members that the schema does not have, so that who makes a client of the document would not see them. */
    Stream<String> unknown(JsonNode schema, JsonNode value) {
        if (value.isArray()) {
            return value.valueStream().flatMap(item -> unknown(resolved(schema).path("items"), item));
        }
        var known = properties(schema).toList();
        if (known.isEmpty()) {
            return Stream.empty(); // any members
        }
        return value.properties().stream()
                .flatMap(member -> known.stream()
                        .filter(property -> property.getKey().equals(member.getKey()))
                        .findFirst()
                        .map(property -> unknown(property.getValue(), member.getValue()))
                        .orElseGet(() -> Stream.of(member.getKey() + " in " + value)));
    }

    private Stream<Map.Entry<String, JsonNode>> properties(JsonNode schema) {
        var own = resolved(schema);
        return Stream.concat(
                own.path("properties").properties().stream(),
                own.path("allOf").valueStream().flatMap(this::properties));
    }

    private JsonNode resolved(JsonNode schema) {
        var reference = schema.path("$ref").asText();
        return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }
}
