package io.postern.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs in one build directory unpack the same archive at the same time. */
final class BinariesTest {

    @Test
    void runThatWasFirstIsKept(@TempDir Path directory) throws IOException {
        Path target = directory.resolve("binaries");

        Binaries.place(InputStream.nullInputStream(), target, (archive, unpacked) -> {
            unpack(unpacked, "second");
            unpack(target, "first");
        });

        assertEquals("first", Files.readString(target.resolve("server")));
        try (var left = Files.list(directory)) {
            assertEquals(1, left.count());
        }
    }

    private static void unpack(Path target, String server) throws IOException {
        Files.createDirectory(target);
        Files.writeString(target.resolve("server"), server);
    }
}
