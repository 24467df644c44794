package io.postern.watching;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** {@code docs/metrics.md}. */
final class MetricsPage {

    private static final Pattern OURS =
            Pattern.compile("^\\| `(postern_\\w+)` \\| (\\w+) \\| ([^|]*)\\| [^|]+ \\|$", Pattern.MULTILINE);
    private static final Pattern PLATFORM = Pattern.compile("^\\| `(\\w+)` \\| [^|]+ \\|$", Pattern.MULTILINE);
    private static final Pattern LABEL = Pattern.compile("`(\\w+)`(?: \\(([^)]*)\\))?");
    private static final Pattern VALUE = Pattern.compile("`([^`]+)`");

    private final Map<String, Family> ours = new TreeMap<>();
    private final Set<String> platform = new TreeSet<>();

    private MetricsPage() {}

    static MetricsPage read() {
        var page = new MetricsPage();
        var text = Repository.text("docs/metrics.md");
        OURS.matcher(text).results().forEach(page::add);
        var ofThePlatform = text.substring(text.indexOf("## Metrics of the platform"));
        PLATFORM.matcher(ofThePlatform).results().forEach(row -> page.platform.add(row.group(1)));
        return page;
    }

    private void add(MatchResult row) {
        var labels = new TreeMap<String, Set<String>>();
        LABEL.matcher(row.group(3)).results().forEach(label -> {
            var values = new TreeSet<String>();
            if (label.group(2) != null) {
                VALUE.matcher(label.group(2)).results().forEach(value -> values.add(value.group(1)));
            }
            labels.put(label.group(1), values);
        });
        if (ours.put(row.group(1), new Family(row.group(1), row.group(2), labels)) != null) {
            throw new AssertionError(row.group(1) + " is there twice");
        }
    }

    /** Metrics of Postern, by name. */
    Map<String, Family> ours() {
        return ours;
    }

    Family metric(String name) {
        return Objects.requireNonNull(ours.get(name), name);
    }

    /** Metrics of Quarkus and the JVM that may be used; of timers their names without {@code _count} and the like. */
    Set<String> platform() {
        return platform;
    }

    /** The metric of a series of ours, as in {@code postern_delivery_time_seconds_bucket}. */
    Family ofSeries(String series) {
        return ours.values().stream()
                .filter(family -> family.series().contains(series))
                .findFirst()
                .orElseThrow(() -> new AssertionError("docs/metrics.md has no metric with the series " + series));
    }

    boolean knowsOfThePlatform(String series) {
        return series.equals("up")
                || platform.contains(series)
                || platform.contains(series.replaceFirst("_(bucket|count|sum|max)$", ""));
    }
}
