package io.postern.delivery;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How long providers lately took for the messages that they have taken, over all copies.
 *
 * @param handed the last ones of a channel, in any order
 */
record Latency(List<Handed> handed) {

    /** Of one provider. */
    record Times(Duration median, Duration longest) {}

    /** By provider; one that has taken nothing lately is not in it. */
    TreeMap<String, Times> byProvider() {
        return handed.stream()
                .collect(Collectors.groupingBy(
                        Handed::provider,
                        TreeMap::new,
                        Collectors.collectingAndThen(
                                Collectors.mapping(Handed::took, Collectors.toList()), Latency::times)));
    }

    private static Times times(List<Duration> took) {
        var sorted = took.stream().sorted().toList();
        return new Times(sorted.get(sorted.size() / 2), sorted.getLast());
    }
}
