package io.postern.bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * What was measured with a number of subjects.
 *
 * @param bare the yardstick: the least that the same server can do
 * @param most sign-ins, as many as possible
 * @param half sign-ins on a schedule, at half the highest throughput
 */
record Measurement(int subjects, Phase bare, Phase most, Phase half) {

    List<Phase> phases() {
        return List.of(bare, most, half);
    }

    Stream<String> failures() {
        return phases().stream().flatMap(phase -> phase.outcome().failures().stream());
    }
}
