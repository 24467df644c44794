package io.postern.embedded;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceProcessIT {
    @SuppressWarnings("NullAway.Init")
    private static Watchdog watchdog;

    @BeforeAll
    static void startWatchdog() {
        watchdog = Watchdog.start();
    }

    @AfterAll
    static void endWatchdog() {
        watchdog.close();
    }

    @Test
    void copyThatCannotStartShowsTheEndOfItsLog(@TempDir Path directory) {
        ServiceProcess.Options options = new ServiceProcess.Options(
                "service",
                Ports.free(),
                Map.of("QUARKUS_HTTP_HOST", "not.an.address.invalid"),
                directory,
                List.of("-XX:TieredStopAtLevel=1"),
                OptionalInt.of(0));

        String message =
                String.valueOf(assertThrows(IllegalStateException.class, () -> ServiceProcess.start(options, watchdog))
                        .getMessage());

        assertTrue(message.startsWith("service is not ready (it ended with "), message);
        assertTrue(message.contains(directory.resolve("service.log").toString()), message);
        assertTrue(message.lines().count() > 3, message);
        assertFalse(message.contains("exec: not found"), message);
    }
}
