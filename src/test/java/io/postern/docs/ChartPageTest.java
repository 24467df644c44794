package io.postern.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of values in the chart's README is written from the comments in its {@code values.yaml}. */
final class ChartPageTest {

    private static final String GENERATED = "<!-- From here on written by ChartPageTest. -->";
    private static final Pattern KEY = Pattern.compile("^( *)([A-Za-z][A-Za-z0-9_]*):.*$");
    private static final String DESCRIBES = "# -- ";

    private final List<String> lines =
            Page.of("helm/postern/values.yaml").text().lines().toList();

    @Test
    void readmeListsEveryValue() throws IOException {
        var values = values();
        var rows = described().entrySet().stream()
                .map(row -> "| `%s` | `%s` | %s |\n"
                        .formatted(
                                row.getKey(),
                                at(values, row.getKey()),
                                row.getValue().replace("|", "\\|")))
                .collect(Collectors.joining());
        Page.of("helm/postern/README.md").mustReadAfter(GENERATED, """
                ## Values

                | value | default | meaning |
                |---|---|---|
                """ + rows);
    }

    @Test
    void everyValueIsDescribed() throws IOException {
        var described = described().keySet();
        var silent = new TreeSet<String>();
        leaves(values(), "", silent);
        silent.removeIf(leaf -> described.stream().anyMatch(row -> leaf.equals(row) || leaf.startsWith(row + ".")));
        assertEquals(new TreeSet<String>(), silent);
    }

    /** The descriptions by the paths of their values, in the order of the file. */
    private Map<String, String> described() {
        var found = new LinkedHashMap<String, String>();
        var path = new ArrayList<String>();
        var description = new StringBuilder();
        for (var line : lines) {
            var comment = line.strip();
            if (comment.startsWith(DESCRIBES)) {
                description.setLength(0);
                description.append(comment.substring(DESCRIBES.length()));
            } else if (comment.startsWith("# ") && !description.isEmpty()) {
                description.append(comment.substring(1));
            } else if (!comment.startsWith("#")) {
                KEY.matcher(line).results().forEach(key -> {
                    enter(path, key);
                    if (!description.isEmpty()) {
                        found.put(String.join(".", path), description.toString());
                        description.setLength(0);
                    }
                });
            }
        }
        return found;
    }

    private static void enter(List<String> path, MatchResult key) {
        int depth = key.group(1).length() / 2;
        while (path.size() > depth) {
            path.removeLast();
        }
        path.add(key.group(2));
    }

    private static void leaves(JsonNode node, String path, Set<String> found) {
        node.properties().forEach(member -> {
            var own = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
            if (member.getValue().isObject() && !member.getValue().isEmpty()) {
                leaves(member.getValue(), own, found);
            } else {
                found.add(own);
            }
        });
    }

    private static JsonNode at(JsonNode values, String path) {
        return values.at("/" + path.replace('.', '/'));
    }

    private static JsonNode values() throws IOException {
        return new ObjectMapper(new YAMLFactory())
                .readTree(Page.of("helm/postern/values.yaml").text());
    }
}
