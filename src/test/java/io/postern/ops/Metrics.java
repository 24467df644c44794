package io.postern.ops;

import io.postern.harness.Api;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The metrics page of one copy (Prometheus text format). */
record Metrics(String page) {
    private static final Pattern URI_LABEL =
            Pattern.compile("http_server_requests_seconds_count\\{.*?uri=\"([^\"]*)\"");

    static Metrics of(Api copy) {
        return new Metrics(copy.get("/q/metrics").expect(200).body());
    }

    /** How often the security event was counted, over all factors. */
    long events(String application, String type) {
        return page.lines()
                .filter(line -> line.startsWith("postern_security_events_total{"))
                .filter(line ->
                        line.contains("application=\"" + application + "\"") && line.contains("type=\"" + type + "\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** The paths by which requests are told apart. */
    Set<String> uris() {
        var uris = new TreeSet<String>();
        URI_LABEL.matcher(page).results().forEach(match -> uris.add(match.group(1)));
        return uris;
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
