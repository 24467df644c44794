package io.postern.watching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Prometheus' own tool. {@code .ci/run} installs it. */
final class Promtool {

    private static final long SECONDS = 60;

    private Promtool() {}

    /** Runs it; it must find nothing wrong. Skips the test where it is not installed. */
    static void run(List<String> arguments) throws IOException, InterruptedException {
        var installed = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "promtool")));
        assumeTrue(installed, "The alert rules are not tested: install promtool (Debian: prometheus).");
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(arguments);
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(SECONDS, TimeUnit.SECONDS);
        assertEquals(0, process.exitValue(), output);
    }
}
