package io.postern.ops;

import io.postern.harness.Api;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The metrics page of one copy (Prometheus text format). */
record Metrics(String page) {
    static Metrics of(Api copy) {
        return new Metrics(copy.get("/q/metrics").expect(200).body());
    }

    /** How often the security event was counted, over all factors. */
    long events(String application, String type) {
        return (long) sum("postern_security_events_total", Map.of("application", application, "type", type));
    }

    /** Of all series of that name with these labels; 0 where there is none. */
    double sum(String name, Map<String, String> labels) {
        return page.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> has(labels, line))
                .map(line -> line.replaceFirst(" # .*", "")) // an example of it
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static boolean has(Map<String, String> labels, String line) {
        for (var label : labels.entrySet()) {
            if (!line.contains(label.getKey() + "=\"" + label.getValue() + "\"")) {
                return false;
            }
        }
        return true;
    }

    /** By what requests are told apart: each name with its labels. */
    Set<String> series() {
        return page.lines()
                .filter(line -> line.startsWith("http_server_") && line.contains("{"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** How much each of these events has grown since then, in their order. */
    Map<String, Long> since(Metrics before, String application, String... types) {
        var grown = new LinkedHashMap<String, Long>();
        for (var type : types) {
            grown.put(type, events(application, type) - before.events(application, type));
        }
        return grown;
    }
}
