package io.postern.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Says what was measured. */
final class Report {
    private static final double CPU_TARGET_MS = 1;
    private static final double P99_TARGET_MS = 20;
    private static final double GROWTH_TARGET = 1.2;
    private static final double MB = 1e6;

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void say(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }

    void measurement(Measurement measured) {
        say("");
        say("%,d subjects", measured.subjects());
        say(
                "  %-22s %8s %8s %8s %8s %8s   %8s %8s %8s %9s %6s %7s",
                "",
                "calls/s",
                "p50 ms",
                "p90 ms",
                "p99 ms",
                "max ms",
                "service",
                "Postgres",
                "Redis",
                "generator",
                "core",
                "others");
        measured.phases().forEach(this::phase);
        Parts end = measured.half().after();
        say(
                "  memory: service %.0f MB, Postgres %.0f MB, Redis %.0f MB",
                end.service().memory() / MB,
                end.postgres().memory() / MB,
                end.redis().memory() / MB);
        double cpu = measured.most().serviceCpu();
        say(
                "  a sign-in costs the service as much as %.1f bare calls",
                cpu / measured.bare().serviceCpu());
        target("CPU of the service for a sign-in, ms", cpu, CPU_TARGET_MS);
        target("p99 at half the highest throughput, ms", measured.half().latency(99), P99_TARGET_MS);
        List<String> failures = measured.failures().toList();
        say("  calls that failed: %d", failures.size());
        failures.stream().distinct().limit(5).forEach(failure -> say("    %s", failure));
    }

    private void phase(Phase phase) {
        say(
                "  %-22s %8.0f %8.2f %8.2f %8.2f %8.2f   %8.3f %8.3f %8.3f %9.3f %5.0f%% %6.0f%%",
                phase.name(),
                phase.perSecond(),
                phase.latency(50),
                phase.latency(90),
                phase.latency(99),
                phase.latency(100),
                phase.serviceCpu(),
                phase.postgresCpu(),
                phase.redisCpu(),
                phase.generatorCpu(),
                100 * phase.busy(),
                100 * phase.others());
    }

    /** How much worse it gets with more subjects. */
    void growth(Measurement few, Measurement many) {
        say("");
        say("%,d subjects against %,d", many.subjects(), few.subjects());
        say(
                "  highest throughput, times: %.2f",
                many.most().perSecond() / few.most().perSecond());
        target("p99 at half, times", many.half().latency(99) / few.half().latency(99), GROWTH_TARGET);
        target(
                "CPU of the service, times",
                many.most().serviceCpu() / few.most().serviceCpu(),
                GROWTH_TARGET);
        target("CPU of Postgres, times", many.most().postgresCpu() / few.most().postgresCpu(), GROWTH_TARGET);
        target("CPU of Redis, times", many.most().redisCpu() / few.most().redisCpu(), GROWTH_TARGET);
    }

    private void target(String what, double value, double most) {
        say("  %s: %.2f (to reach: at most %.1f%s)", what, value, most, value <= most ? "" : "; MISSED");
    }
}
