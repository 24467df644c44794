package io.postern.housekeeping;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a task does, as metrics of this copy: {@code postern_housekeeping_runs_total} by {@code outcome},
 * {@code postern_housekeeping_rows_total}, and {@code postern_housekeeping_last_success_timestamp_seconds}, a time since the
 * epoch that is 0 before the first.
 */
final class TaskMeters {

    private final Counter done;
    private final Counter failed;
    private final Counter elsewhere;
    private final Counter rows;
    private final AtomicLong lastSuccess = new AtomicLong();
    private final Clock clock;

    TaskMeters(String task, MeterRegistry registry, Clock clock) {
        this.done = runs(task, "done", registry);
        this.failed = runs(task, "failed", registry);
        this.elsewhere = runs(task, "elsewhere", registry);
        this.rows = registry.counter("postern.housekeeping.rows", "task", task);
        this.clock = clock;
        TimeGauge.builder("postern.housekeeping.last.success.timestamp", lastSuccess::get, TimeUnit.MILLISECONDS)
                .tag("task", task)
                .register(registry);
    }

    private static Counter runs(String task, String outcome, MeterRegistry registry) {
        return registry.counter("postern.housekeeping.runs", "task", task, "outcome", outcome);
    }

    void done() {
        done.increment();
        lastSuccess.set(clock.millis());
    }

    void failed() {
        failed.increment();
    }

    /** Another copy is at it. */
    void elsewhere() {
        elsewhere.increment();
    }

    void rows(int number) {
        rows.increment(number);
    }
}
