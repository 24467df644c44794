package io.postern.docs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs what the documentation tells a person to paste into bash. */
final class Shell {

    private static final long SECONDS = 120;

    private Shell() {}

    /**
     * Runs the blocks in order, in one shell that goes on after a failure as a person's does.
     *
     * @return what they printed
     * @throws AssertionError when a variable is not set, the last command fails, or they do not end within two minutes
     */
    static String run(Path directory, List<String> blocks) throws IOException, InterruptedException {
        return run(directory, blocks, SECONDS);
    }

    /** The same with another time until they must have ended. */
    static String run(Path directory, List<String> blocks, long seconds) throws IOException, InterruptedException {
        var script = directory.resolve("pasted.sh");
        var output = directory.resolve("pasted.out");
        Files.writeString(script, String.join("", blocks));
        var process = new ProcessBuilder("bash", "-u", script.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
        process.destroyForcibly();
        var printed = Files.readString(output);
        if (!ended || process.exitValue() != 0) {
            throw new AssertionError("The blocks do not run: " + printed);
        }
        return printed;
    }

    /** Skips the test, and says so, where the tool is not installed. */
    static void assumeInstalled(String tool) {
        var found = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
        assumeTrue(found, tool + " is not installed");
    }
}
