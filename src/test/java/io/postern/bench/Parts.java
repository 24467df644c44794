package io.postern.bench;

import com.sun.management.OperatingSystemMXBean;
import io.postern.harness.Postern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;

/**
 * The processor time and the memory of all that takes part, up to a moment.
 *
 * @param machineNanos processor time of everything on the machine
 */
record Parts(Usage service, Usage postgres, Usage redis, long generatorNanos, long machineNanos) {

    // Of the first line of proc_stat(5): user, nice, system, and behind idle and iowait: irq, softirq, steal.
    private static final int[] BUSY = {1, 2, 3, 6, 7, 8};

    static Parts now(Postern postern) {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Parts(
                Usage.of(postern.copy(0).pid()),
                Usage.of(postern.postgres().pid()),
                Usage.of(postern.redis().pid()),
                system.getProcessCpuTime(),
                machine());
    }

    /** Processor time of what takes no part. */
    long othersNanos() {
        return machineNanos
                - LongStream.of(service.cpuNanos(), postgres.cpuNanos(), redis.cpuNanos(), generatorNanos)
                        .sum();
    }

    private static long machine() {
        try {
            String[] fields = Files.readString(Path.of("/proc/stat"))
                    .lines()
                    .findFirst()
                    .orElse("")
                    .split(" +", -1);
            long ticks = 0;
            for (int field : BUSY) {
                ticks += Long.parseLong(fields[field]);
            }
            return ticks * Usage.NANOS_PER_TICK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
