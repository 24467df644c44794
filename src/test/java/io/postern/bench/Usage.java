package io.postern.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a process and all that descend from it have used up to now.
 *
 * @param cpuNanos processor time, in user code and in the kernel
 * @param memory bytes in memory (proportional set size: what processes share counts once)
 */
record Usage(long cpuNanos, long memory) {
    static final long NANOS_PER_TICK = 1_000_000_000L / 100; // USER_HZ is 100 on Linux

    private static final Pattern PSS = Pattern.compile("^Pss: +(\\d+) kB", Pattern.MULTILINE);

    // Fields of proc_pid_stat(5), counted from the state, which is the first behind the name.
    private static final int USER = 11;
    private static final int CHILDREN_SYSTEM = 14;

    static Usage of(long pid) {
        ProcessHandle root = ProcessHandle.of(pid).orElseThrow();
        try (Stream<ProcessHandle> descendants = root.descendants()) {
            List<Long> pids = Stream.concat(Stream.of(root), descendants)
                    .map(ProcessHandle::pid)
                    .toList();
            return new Usage(
                    pids.stream().mapToLong(Usage::ticks).sum() * NANOS_PER_TICK,
                    pids.stream().mapToLong(Usage::memoryOf).sum());
        }
    }

    /** With the time of children that have ended and been waited for. */
    private static long ticks(long pid) {
        String stat = read(pid, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        return fields.length <= CHILDREN_SYSTEM
                ? 0
                : LongStream.rangeClosed(USER, CHILDREN_SYSTEM)
                        .map(field -> Long.parseLong(fields[(int) field]))
                        .sum();
    }

    private static long memoryOf(long pid) {
        var pss = PSS.matcher(read(pid, "smaps_rollup"));
        return pss.find() ? Long.parseLong(pss.group(1)) * 1024 : 0;
    }

    /** Empty for a process that is no more. */
    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            return ""; // it ended between opening and reading
        }
    }
}
