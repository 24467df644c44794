package io.postern.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Reads QR codes as a phone's camera does: from what is on the screen, with {@code zbarimg}. */
public final class QrCode {
    private QrCode() {}

    /** What the one QR code of an image says. Skips the test where {@code zbarimg} is missing. */
    public static String read(Path image) throws IOException, InterruptedException {
        Optional<Path> reader = Program.find("zbarimg");
        assumeTrue(reader.isPresent(), "The QR code is not read: install zbarimg (Debian: zbar-tools).");
        Process process = new ProcessBuilder(List.of(reader.get().toString(), "-q", "--raw", image.toString()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), "No QR code in the image");
        return output.strip();
    }
}
