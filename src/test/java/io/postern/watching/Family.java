package io.postern.watching;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A metric with all its series.
 *
 * @param type {@code counter}, {@code gauge}, {@code histogram} or {@code summary}
 * @param labels with the values that they have, or may have; none where any value is good. Without {@code le}
 */
record Family(String name, String type, Map<String, Set<String>> labels) {

    /** By what its series are called in a query. */
    Set<String> series() {
        return switch (type) {
            case "histogram" -> with("_bucket", "_count", "_sum", "_max");
            case "summary" -> with("_count", "_sum", "_max");
            default -> Set.of(name);
        };
    }

    private Set<String> with(String... suffixes) {
        return Stream.of(suffixes).map(suffix -> name + suffix).collect(Collectors.toUnmodifiableSet());
    }

    /** By which its series are told apart. */
    String shape() {
        return type + labels.keySet().stream().sorted().toList();
    }
}
