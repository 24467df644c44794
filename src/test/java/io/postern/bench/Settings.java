package io.postern.bench;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What to measure.
 *
 * @param subjects how many subjects, one measurement after the other, fewest first
 * @param time of each phase
 * @param warmUp before the first phase
 * @param connections how many calls are made at once at most
 * @param jvmOptions of the service, beside its heap
 */
record Settings(List<Integer> subjects, Duration time, Duration warmUp, int connections, List<String> jvmOptions) {

    /** From {@code -Dbench.…}; docs/performance.md names them. */
    static Settings read() {
        return new Settings(
                words("bench.subjects", "10000,1000000", ",").stream()
                        .map(Integer::valueOf)
                        .sorted()
                        .toList(),
                Duration.ofSeconds(Integer.getInteger("bench.seconds", 20)),
                Duration.ofSeconds(Integer.getInteger("bench.warm-up", 20)),
                Integer.getInteger("bench.connections", 32),
                words("bench.jvm", "", " "));
    }

    private static List<String> words(String property, String usual, String separator) {
        return Arrays.stream(System.getProperty(property, usual).split(separator, -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
