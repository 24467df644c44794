package io.postern.watching;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The alert rules: each fires when it should and not before, says what to do, and names metrics that are there. */
final class AlertRulesTest {

    private static final String TESTS = "src/test/prometheus";
    private static final Pattern OF_ALERT = Pattern.compile("alertname=~?\"([^\"]+)\"");

    private final AlertFile file = AlertFile.read();

    @Test
    void promtoolTakesTheRules() throws Exception {
        Promtool.run(List.of("check", "rules", Repository.file(AlertFile.NAME).toString()));
    }

    @Test
    void alertsFireWhenTheyShould() throws Exception {
        var arguments = new ArrayList<>(List.of("test", "rules"));
        Repository.files(TESTS, ".yaml").forEach(test -> arguments.add(test.toString()));
        Promtool.run(arguments);
    }

    /** Else the test above shows nothing of it; {@code pending} is what an alert is while it waits, and not one moment longer. */
    @Test
    void eachAlertIsSeenToFireToWaitAndToBeQuiet() {
        var firing = new TreeSet<String>();
        var waiting = new TreeSet<String>();
        var quiet = new TreeSet<String>();
        Repository.files(TESTS, ".yaml").stream()
                .flatMap(test -> nodes(AlertFile.yaml(test).path("tests")))
                .flatMap(test -> nodes(test.path("promql_expr_test")))
                .forEach(question -> {
                    var samples = question.path("exp_samples");
                    samples.forEach(
                            sample -> (isPending(sample) ? waiting : firing).addAll(named(sample.path("labels"))));
                    if (samples.isEmpty()) {
                        quiet.addAll(named(question.path("expr")));
                    }
                });
        assertEquals(names(file.alerts()), firing);
        assertEquals(names(file.alerts().stream().filter(AlertFile.Alert::waits).toList()), waiting);
        assertEquals(names(file.alerts()), quiet);
    }

    private static Set<String> names(List<AlertFile.Alert> alerts) {
        return new TreeSet<>(alerts.stream().map(AlertFile.Alert::name).toList());
    }

    private static boolean isPending(JsonNode sample) {
        return sample.path("labels").asText().contains("alertstate=\"pending\"");
    }

    private static Set<String> named(JsonNode text) {
        var names = new TreeSet<String>();
        OF_ALERT.matcher(text.asText())
                .results()
                .forEach(found -> names.addAll(List.of(found.group(1).split("\\|"))));
        return names;
    }

    private static Stream<JsonNode> nodes(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    @Test
    void eachAlertSaysHowBadItIsAndWhereToReadOn() {
        assertAll(file.alerts().stream().map(alert -> () -> {
            assertTrue(alert.name().startsWith("Postern"), alert::name);
            assertTrue(Set.of("critical", "warning").contains(alert.severity()), alert::name);
            assertFalse(alert.text("summary").isBlank(), alert::name);
            assertFalse(alert.text("description").isBlank(), alert::name);
            assertEquals("docs/runbooks/" + alert.name() + ".md", alert.text("runbook_url"));
        }));
    }

    @Test
    void metricsOfTheRulesAreDocumented() {
        var vocabulary = new Vocabulary();
        assertAll(file.queries().stream().map(query -> () -> vocabulary.mustKnow(query)));
    }

    @Test
    void eachAlertHasItsPageAndEachPageItsAlert() {
        var pages = Repository.files("docs/runbooks", ".md").stream()
                .map(page -> page.getFileName().toString().replace(".md", ""))
                .toList();
        assertEquals(file.alerts().stream().map(AlertFile.Alert::name).sorted().toList(), pages);
        assertAll(file.alerts().stream().map(alert -> () -> {
            var page = Repository.text(alert.text("runbook_url"));
            assertTrue(page.startsWith("# " + alert.name() + "\n\nSeverity `" + alert.severity() + "`."), alert::name);
        }));
    }

    /** With the headings that they lead to; {@code docs.LinksTest} looks at files alone. */
    @Test
    void linksOfThePagesLeadSomewhere() {
        var link = Pattern.compile("\\]\\(([^)#:]+)(?:#([^)]*))?\\)");
        var pages = Stream.concat(
                Repository.files("docs/runbooks", ".md").stream(), Stream.of(Repository.file("docs/metrics.md")));
        assertAll(pages.flatMap(page -> link.matcher(Repository.text(page))
                .results()
                .map(found -> () -> {
                    Path target = page.resolveSibling(found.group(1)).normalize();
                    assertTrue(Files.exists(target), () -> page + " leads to " + target);
                    var heading = found.group(2);
                    assertTrue(
                            heading == null || anchors(Repository.text(target)).contains(heading),
                            () -> page + " leads to " + target + "#" + heading);
                })));
    }

    private static List<String> anchors(String page) {
        return Pattern.compile("^#+ (.*)$", Pattern.MULTILINE)
                .matcher(page)
                .results()
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** Of each query that a page gives, and of each line of the log that it quotes. */
    @Test
    void pagesNameMetricsAndLogLinesThatAreThere() {
        var vocabulary = new Vocabulary();
        var pages = new Runbooks();
        assertAll(pages.queries().stream().map(query -> () -> vocabulary.mustKnow(query)));
        var sources = pages.sourcesOfTheService();
        assertAll(pages.logLines().stream().map(line -> () -> assertTrue(sources.contains(line), line)));
    }
}
