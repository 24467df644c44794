package io.postern.chart;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads YAML, in which no key may stand twice. */
final class Yaml {

    private static final ObjectMapper MAPPER =
            new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private Yaml() {}

    /** The documents of a text; those without content are left out. */
    static List<ObjectNode> all(String text) {
        try (var documents = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            var found = new ArrayList<ObjectNode>();
            while (documents.hasNextValue()) {
                if (documents.nextValue() instanceof ObjectNode object) {
                    found.add(object);
                }
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one document of a text. */
    static ObjectNode one(String text) {
        return all(text).getFirst();
    }

    static ObjectNode file(Path file) {
        try {
            return one(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String write(JsonNode json) {
        try {
            return MAPPER.writeValueAsString(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The second over the first, as Helm lays values over others: objects by their members, all else as a whole. */
    static ObjectNode over(ObjectNode below, ObjectNode above) {
        var merged = below.deepCopy();
        above.properties().forEach(member -> {
            if (member.getValue() instanceof ObjectNode inner
                    && merged.get(member.getKey()) instanceof ObjectNode known) {
                merged.set(member.getKey(), over(known, inner));
            } else {
                merged.set(member.getKey(), member.getValue());
            }
        });
        return merged;
    }
}
