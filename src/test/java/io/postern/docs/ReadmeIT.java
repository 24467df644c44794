package io.postern.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.harness.Postern;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first flow of the README, pasted in order. */
final class ReadmeIT {

    private static final String TRY_OUT = "http://localhost:8080";
    private static final int STEP_SECONDS = 30;
    private static final int ENOUGH_SECONDS = 10;

    @Test
    void firstFlowWorksAsItStands(@TempDir Path directory) throws IOException, InterruptedException {
        Shell.assumeInstalled("oathtool");
        var service = Postern.shared().first().toString();
        var blocks = Page.of("README.md").blocks("bash").stream()
                .map(block -> block.replace(TRY_OUT, service))
                .toList();
        // The flow takes the code before the present one, which is good until the present step ends.
        Await.until(
                Duration.ofSeconds(STEP_SECONDS),
                "time left in the present step",
                () -> Instant.now().getEpochSecond() % STEP_SECONDS < STEP_SECONDS - ENOUGH_SECONDS);

        var printed = Shell.run(directory, blocks);

        assertTrue(printed.contains("\"two_factor\":\"off\""), printed);
        assertTrue(printed.contains("\"status\":\"active\""), printed);
        assertTrue(printed.contains("\"status\":\"approved\""), printed);
        assertTrue(printed.contains("\"acr\":\"urn:postern:level:2\""), printed);
        assertTrue(printed.contains("\"kid\":"), printed);
    }
}
