package io.postern.watching;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.watching.Expression.Match;
import io.postern.watching.Expression.Selector;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What queries may name: metrics of {@code docs/metrics.md} with labels and values that they can have. */
final class Vocabulary {

    private static final Set<String> OF_THE_SCRAPE = Set.of("job", "instance", "le");

    private final MetricsPage page = MetricsPage.read();
    private final List<String> recorded = AlertFile.read().recorded();
    private final String events = Repository.text("src/main/java/io/postern/event/SecurityEvent.java");
    private final String problems = Repository.text("docs/problems.md");

    void mustKnow(String query) {
        new Expression(query).selectors().forEach(selector -> mustKnow(selector, query));
    }

    private void mustKnow(Selector selector, String query) {
        var metric = selector.metric();
        if (metric.startsWith("postern_")) {
            var family = page.ofSeries(metric);
            selector.matches().forEach(match -> mustKnow(family, match, query));
        } else {
            assertTrue(
                    recorded.contains(metric) || page.knowsOfThePlatform(metric),
                    () -> metric + " is not in docs/metrics.md: " + query);
        }
    }

    private void mustKnow(Family family, Match match, String query) {
        var label = match.label();
        var values = family.labels().get(label);
        assertTrue(values != null || OF_THE_SCRAPE.contains(label), () -> family.name() + " has no " + label + query);
        if (values == null || match.value().matches("\\$\\w+|…")) {
            return;
        }
        Arrays.stream(match.value().split("\\|"))
                .forEach(value -> assertTrue(
                        isKnown(family, label, values, value), () -> label + " is never " + value + ": " + query));
    }

    private boolean isKnown(Family family, String label, Set<String> values, String value) {
        return switch (family.name() + "." + label) {
            case "postern_security_events_total.type" -> events.contains("\"" + value + "\"");
            case "postern_problems_total.code" -> problems.contains("| `" + value + "` |");
            default -> values.isEmpty() || values.contains(value);
        };
    }
}
