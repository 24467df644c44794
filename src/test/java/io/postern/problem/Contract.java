package io.postern.problem;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.harness.Api;
import io.postern.harness.Operation;
import io.postern.harness.Postern;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the OpenAPI document says of calls and their bodies, so that what a later version adds is attacked too. */
final class Contract {

    private final JsonNode document;

    private Contract(JsonNode document) {
        this.document = document;
    }

    static Contract of(Postern postern) {
        return new Contract(Api.at(postern.first())
                .get("/q/openapi?format=json")
                .expect(200)
                .json());
    }

    /** A field of a body. */
    record Field(Operation call, String name, String types, boolean isRequired) {

        boolean is(String type) {
            return types.contains(type);
        }

        /** Whether it may hold a value of this kind, right or not; a reference may be to an object. */
        boolean mayBe(Object value) {
            return switch (value) {
                case List<?> list -> is("array") && !is("enum");
                case Map<?, ?> map -> is("object") || is("$ref");
                default -> false;
            };
        }

        @Override
        public String toString() {
            return call + " " + name;
        }
    }

    /** Each field of each JSON body. */
    List<Field> fields() {
        var fields = new ArrayList<Field>();
        for (var call : Operation.ALL) {
            var schema = resolved(method(call).at("/requestBody/content/application~1json/schema"));
            var required = new ArrayList<String>();
            schema.path("required").forEach(name -> required.add(name.textValue()));
            schema.path("properties")
                    .fields()
                    .forEachRemaining(property -> fields.add(new Field(
                            call,
                            property.getKey(),
                            types(property.getValue()),
                            required.contains(property.getKey()))));
        }
        return fields;
    }

    /** The documented methods of each documented path. */
    Map<String, List<String>> methods() {
        var methods = new TreeMap<String, List<String>>();
        document.path("paths").fields().forEachRemaining(path -> {
            var known = new ArrayList<String>();
            path.getValue().fieldNames().forEachRemaining(name -> known.add(name.toUpperCase(Locale.ROOT)));
            methods.put(path.getKey(), known);
        });
        return methods;
    }

    private String types(JsonNode property) {
        var schema = resolved(property);
        var ofNames = resolved(schema.path("items")).has("enum") ? "enum" : "";
        return schema.path("type").toString() + (schema.has("anyOf") ? schema.path("anyOf") : "") + ofNames;
    }

    private JsonNode method(Operation call) {
        return document.path("paths").path(call.path()).path(call.method().toLowerCase(Locale.ROOT));
    }

    private JsonNode resolved(JsonNode schema) {
        var reference = schema.path("$ref").asText();
        return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }
}
