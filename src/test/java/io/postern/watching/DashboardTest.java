package io.postern.watching;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard: Grafana can show it anywhere, and every query is one that Prometheus takes, of metrics that are there. */
final class DashboardTest {

    private static final int WIDTH = 24;
    private static final String DATA_SOURCE = "${datasource}";

    private final JsonNode dashboard = read();

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(Repository.text("helm/postern/files/dashboard.json"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void grafanaKnowsWhatItIs() {
        assertEquals(39, dashboard.path("schemaVersion").intValue());
        assertEquals("postern", dashboard.path("uid").textValue());
        assertTrue(dashboard.path("id").isMissingNode(), "an id is of one Grafana alone");
        var variables = dashboard.at("/templating/list").findValuesAsText("name");
        assertEquals(List.of("datasource", "application"), variables);
        assertEquals(
                List.of(
                        "Funnel",
                        "Delivery",
                        "Defence",
                        "Stores",
                        "Copies",
                        "Audit trail, housekeeping and keys",
                        "Webhooks and imports"),
                panels().stream()
                        .filter(panel -> panel.path("type").asText().equals("row"))
                        .map(panel -> panel.path("title").asText())
                        .toList());
    }

    @Test
    void panelsHaveIdsOfTheirOwnAndLieBesideEachOther() {
        var ids = new HashSet<Integer>();
        var taken = new HashSet<List<Integer>>();
        for (var panel : panels()) {
            var title = panel.path("title").asText();
            assertFalse(title.isBlank());
            assertTrue(ids.add(panel.path("id").intValue()), title);
            var place = panel.path("gridPos");
            int left = place.path("x").intValue();
            int right = left + place.path("w").intValue();
            assertTrue(left >= 0 && right > left && right <= WIDTH, title);
            for (int x = left; x < right; x++) {
                for (int y = 0; y < place.path("h").intValue(); y++) {
                    assertTrue(taken.add(List.of(x, place.path("y").intValue() + y)), title);
                }
            }
        }
    }

    /** A name of somebody's data source would be nobody else's. */
    @Test
    void everyPanelAsksTheDataSourceThatIsChosen() {
        var sources = new HashSet<>(dashboard.findValues("datasource").stream()
                .map(source -> source.path("uid").asText())
                .toList());
        assertEquals(Set.of(DATA_SOURCE), sources);
        panels().stream()
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .forEach(panel -> assertFalse(panel.path("targets").isEmpty(), panel.path("title")::asText));
    }

    @Test
    void metricsOfTheDashboardAreDocumented() {
        var vocabulary = new Vocabulary();
        assertAll(queries().stream().map(query -> () -> vocabulary.mustKnow(query)));
    }

    /** Those of the runbooks too. */
    @Test
    void prometheusTakesTheQueries(@TempDir Path directory) throws Exception {
        var queries = new ArrayList<>(queries());
        queries.addAll(new Runbooks().queries());
        var rules = queries.stream()
                .map(query -> "      - record: query\n        expr: |\n          "
                        + query.replace("$__rate_interval", "5m").replace("$application", "x")
                        + "\n        labels: {n: '"
                        + queries.indexOf(query) + "'}\n")
                .collect(Collectors.joining());
        var file = directory.resolve("queries.yaml");
        Files.writeString(file, "groups:\n  - name: queries\n    rules:\n" + rules);
        Promtool.run(List.of("check", "rules", file.toString()));
    }

    private List<JsonNode> panels() {
        return StreamSupport.stream(dashboard.path("panels").spliterator(), false)
                .toList();
    }

    private List<String> queries() {
        return dashboard.findValuesAsText("expr").stream().distinct().toList();
    }
}
