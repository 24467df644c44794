package io.postern.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyFilesTest {
    @Test
    void onlyTheOwnerMayReadThem(@TempDir Path directory) throws Exception {
        KeyFiles files = KeyFiles.in(directory);
        for (Path file : List.of(files.ring(), files.verification(), files.access())) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
    }

    @Test
    void theyHoldTheKeysThatTheServiceNeeds(@TempDir Path directory) throws Exception {
        KeyFiles files = KeyFiles.in(directory);
        assertEquals(List.of("oct A256GCM", "oct HS256"), kinds(files.ring()));
        assertEquals(List.of("EC ES256"), kinds(files.verification()));
        assertEquals(List.of("EC ES256"), kinds(files.access()));
        assertNotEquals(Files.readString(files.verification()), Files.readString(files.access()));
    }

    @Test
    void theyAreKept(@TempDir Path directory) throws Exception {
        String before = Files.readString(KeyFiles.in(directory).ring());
        assertEquals(before, Files.readString(KeyFiles.in(directory).ring()));
    }

    private static List<String> kinds(Path file) throws Exception {
        return new JsonWebKeySet(Files.readString(file))
                .getJsonWebKeys().stream().map(KeyFilesTest::kind).toList();
    }

    private static String kind(JsonWebKey key) {
        return key.getKeyType() + " " + key.getAlgorithm();
    }
}
