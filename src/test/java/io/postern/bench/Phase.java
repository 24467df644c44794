package io.postern.bench;

import io.postern.bench.Generator.Outcome;
import io.postern.harness.Postern;
import java.util.function.Supplier;

/** A phase that was measured. */
record Phase(String name, Outcome outcome, Parts before, Parts after) {

    static Phase measure(String name, Postern postern, Supplier<Outcome> run) {
        Parts before = Parts.now(postern);
        Outcome outcome = run.get();
        return new Phase(name, outcome, before, Parts.now(postern));
    }

    double perSecond() {
        return outcome.perSecond();
    }

    /** In ms, from the time when a call was to begin. */
    double latency(double percentile) {
        return outcome.latency().getValueAtPercentile(percentile) / 1e6;
    }

    /** CPU of the service for one call, in ms. */
    double serviceCpu() {
        return perCall(before.service().cpuNanos(), after.service().cpuNanos());
    }

    double postgresCpu() {
        return perCall(before.postgres().cpuNanos(), after.postgres().cpuNanos());
    }

    double redisCpu() {
        return perCall(before.redis().cpuNanos(), after.redis().cpuNanos());
    }

    double generatorCpu() {
        return perCall(before.generatorNanos(), after.generatorNanos());
    }

    /** How much of its core the service has used, from 0 to 1. */
    double busy() {
        return (double) (after.service().cpuNanos() - before.service().cpuNanos())
                / outcome.elapsed().toNanos();
    }

    /** How many cores were busy with something else. */
    double others() {
        return (double) (after.othersNanos() - before.othersNanos())
                / outcome.elapsed().toNanos();
    }

    private double perCall(long from, long to) {
        return (to - from) / 1e6 / Math.max(1, outcome.latency().getTotalCount());
    }
}
