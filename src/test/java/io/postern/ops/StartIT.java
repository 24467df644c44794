package io.postern.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.harness.Postern;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operator reads warnings. One that is always there hides the next. */
final class StartIT {

    @Test
    void startWarnsOfNothingButTheShortSecretsOfTheTryOut() throws IOException {
        for (var log : Postern.shared().logs()) {
            var warnings = Files.readAllLines(log).stream()
                    .filter(line -> line.contains("\"threadName\":\"main\""))
                    .filter(line -> line.contains("\"level\":\"WARN\""))
                    .filter(line -> !line.contains(" is short; in production use 256 random bits"))
                    .toList();
            assertEquals(List.of(), warnings);
        }
    }
}
