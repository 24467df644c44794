package io.postern.watching;

import io.postern.harness.Api;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What copies tell at {@code /q/metrics}, taken together. A histogram's {@code _max} belongs to it. */
final class Scrape {

    private static final String TOTAL = "_total";
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SERIES = Pattern.compile("([a-z_A-Z0-9]+)(?:\\{(.*?)})? [^ ]+(?: # .*)?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Map<String, Family> families = new TreeMap<>();
    private final Map<String, Family> bySeries = new HashMap<>();
    private final Set<String> buckets = new TreeSet<>();

    private Scrape() {}

    static Scrape of(List<Api> copies) {
        var scrape = new Scrape();
        copies.forEach(copy ->
                scrape.read(copy.get("/q/metrics").expect(200).body().lines().toList()));
        return scrape;
    }

    /** By their names. */
    Map<String, Family> families() {
        return families;
    }

    /** The name of each histogram's buckets with each of their upper bounds behind it. */
    Set<String> buckets() {
        return buckets;
    }

    private void read(List<String> lines) {
        // A histogram's own maximum may stand before it.
        types(lines, false);
        types(lines, true);
        for (var line : lines) {
            var series = SERIES.matcher(line);
            if (!line.startsWith("#") && series.matches()) {
                add(series.group(1), series.group(2) == null ? "" : series.group(2));
            }
        }
    }

    private void types(List<String> lines, boolean ofMaxima) {
        lines.stream()
                .map(TYPE::matcher)
                .filter(type -> type.matches() && type.group(1).endsWith("_max") == ofMaxima)
                .forEach(type -> declare(type.group(1), type.group(2)));
    }

    private void declare(String declared, String type) {
        // OpenMetrics declares a counter without its ending.
        var name = type.equals("counter") && !declared.endsWith(TOTAL) ? declared + TOTAL : declared;
        if (bySeries.containsKey(name)) {
            return; // the maximum of a histogram, or told by another copy
        }
        var family = new Family(name, type, new TreeMap<>());
        families.put(name, family);
        family.series().forEach(series -> bySeries.put(series, family));
    }

    private void add(String series, String labels) {
        var family = bySeries.get(series);
        if (family == null) {
            return; // such as _active_count of a long task; what alerts and panels name is looked for by its type
        }
        LABEL.matcher(labels).results().forEach(label -> {
            if (label.group(1).equals("le")) {
                buckets.add(series + " " + label.group(2));
            } else {
                Set<String> values = family.labels().computeIfAbsent(label.group(1), any -> new TreeSet<>());
                values.add(label.group(2));
            }
        });
    }
}
