package io.postern.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.harness.Postern;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first operator of a new set, as {@code docs/operations.md} makes one. */
final class OperatorsGuideIT {

    private static final int STEP_SECONDS = 30;
    private static final int ENOUGH_SECONDS = 12;

    @Test
    void firstOperatorAndTheNextAreMadeAsItStands(@TempDir Path directory) throws IOException, InterruptedException {
        Shell.assumeInstalled("oathtool");
        try (var postern = Postern.start(Postern.Options.DEFAULT.withCopies(1))) {
            var blocks = Page.of("docs/operations.md").blocksOf("Operators", "bash").stream()
                    .filter(block -> !block.startsWith("POSTERN_"))
                    .map(block -> block.replace(
                            "http://localhost:8080", postern.first().toString()));
            var all = Stream.concat(Stream.of("secret=" + Postern.BOOTSTRAP_SECRET + "\n"), blocks)
                    .toList();
            requireOperators(directory, all);
        }
    }

    private static void requireOperators(Path directory, List<String> blocks) throws IOException, InterruptedException {
        // The guide takes the code before the present one, which is good until the present step ends.
        Await.until(
                Duration.ofSeconds(STEP_SECONDS),
                "time left in the present step",
                () -> Instant.now().getEpochSecond() % STEP_SECONDS < STEP_SECONDS - ENOUGH_SECONDS);

        var printed = Shell.run(directory, blocks);

        assertTrue(printed.contains("\"recovery_codes\""), printed);
        assertEquals(2, printed.split("\"name\":\"ada\"", -1).length - 1, printed);
        assertTrue(printed.contains("\"name\":\"grace\""), printed);
        assertTrue(printed.contains("\"role\":\"support\""), printed);
        assertTrue(printed.contains("\"allowed_factors\""), printed);
    }
}
