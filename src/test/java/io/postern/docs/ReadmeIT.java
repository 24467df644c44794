package io.postern.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.demo.Demo;
import io.postern.demo.DemoConfig;
import io.postern.demo.Inbox;
import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Postern;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The flows of the README, pasted in order. */
final class ReadmeIT {

    private static final String TRY_OUT = "http://localhost:8080";
    private static final String DEMO = "http://localhost:8090";
    private static final int STEP_SECONDS = 30;
    private static final int ENOUGH_SECONDS = 10;

    @Test
    void flowsWorkAsTheyStand(@TempDir Path directory) throws IOException, InterruptedException {
        Shell.assumeInstalled("oathtool");
        var postern = Postern.shared();
        var client = SeededClient.DEMO_ADMIN;
        var config = new DemoConfig(
                0, postern.first(), Postern.ISSUER.toString(), client.application(), client.id(), client.secret());
        try (var demo = Demo.start(config, Inbox.of(postern.mail(), postern.sms()))) {
            var blocks = Page.of("README.md").blocks("bash").stream()
                    .map(block -> block.replace(TRY_OUT, postern.first().toString())
                            .replace(DEMO, demo.uri().toString()))
                    .toList();
            requireFlows(directory, blocks);
        }
    }

    private static void requireFlows(Path directory, List<String> blocks) throws IOException, InterruptedException {
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
        assertTrue(printed.contains("\"recovery_codes\""), printed);
        assertEquals(2, printed.split("\"approved\"", -1).length - 1, printed);
    }
}
