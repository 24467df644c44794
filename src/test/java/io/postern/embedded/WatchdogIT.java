package io.postern.embedded;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WatchdogIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM", "INT", "HUP"})
    void nothingOutlivesAJvmThatIsEndedBy(String signal) throws IOException {
        Holding holding = hold("sleep", "600");

        ProcessTree.signal(signal, List.of(holding.jvm().pid()));

        holding.assertAllEnded();
    }

    @Test
    void processThatIsDeafToItsSignalIsKilled() throws IOException {
        Holding holding = hold("sh", "-c", "trap '' TERM; while :; do sleep 1; done");

        holding.jvm().destroyForcibly();

        holding.assertAllEnded();
    }

    /** A JVM of its own that holds processes. */
    private record Holding(Process jvm, List<Long> pids, Path scratch) {
        void assertAllEnded() {
            Await.until(SOON, "end of " + pids, () -> pids.stream().noneMatch(ProcessTree::runs));
            assertFalse(Files.exists(scratch), "the scratch directory is left");
        }
    }

    private static Holding hold(String... command) throws IOException {
        // What runs the tests may ignore signals, as nohup does, and its children would too.
        List<String> java = new ArrayList<>(List.of("env", "--default-signal=INT,HUP"));
        java.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        java.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        java.add(Holder.class.getName());
        java.addAll(List.of(command));
        Process jvm = new ProcessBuilder(java)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = jvm.inputReader();
        List<Long> pids =
                Stream.of(said.readLine().split(" ")).map(Long::valueOf).toList();
        assertEquals(3, pids.size());
        assertTrue(pids.stream().allMatch(ProcessTree::runs));
        return new Holding(jvm, pids, Path.of(said.readLine()));
    }

    /** Holds a process that runs the given command, a frozen Redis, and the watchdog over them. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] command) throws IOException {
            Watchdog watchdog = Watchdog.start();
            Path scratch = watchdog.scratch();
            Child child = Child.start(
                    new Child.Spec("part", List.of(command), Map.of(), scratch, scratch.resolve("log"), "TERM"),
                    watchdog);
            Redis redis = Redis.start(Redis.Options.TEMPORARY, watchdog);
            redis.freeze();
            System.out.printf("%d %d %d%n%s%n", child.pid(), redis.pid(), watchdog.pid(), scratch);
            System.in.read();
        }
    }

    @Test
    void endedProcessIsForgotten() {
        Watchdog watchdog = Watchdog.start();
        Redis redis = Redis.start(Redis.Options.TEMPORARY, watchdog);

        redis.close();

        assertDoesNotThrow(watchdog::close);
        assertFalse(Files.exists(watchdog.scratch()));
    }

    @Test
    void nothingIsStartedOnceTheWatchdogHasEnded() {
        Watchdog watchdog = Watchdog.start();
        watchdog.close();

        assertThrows(
                IllegalStateException.class,
                () -> watchdog.watch(ProcessHandle.current().pid(), "TERM"));
    }
}
