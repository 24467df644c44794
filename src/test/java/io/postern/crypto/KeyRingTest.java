package io.postern.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.KeyFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jose4j.base64url.Base64Url;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ring that is not whole ends the start with one sentence that shows no key. */
final class KeyRingTest {

    private static final OctetSequenceJsonWebKey SEAL = KeyFiles.sealingKey("seal-1");
    private static final OctetSequenceJsonWebKey DIGEST = KeyFiles.digestKey("digest-1");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void firstSealingKeySealsAndAllOpen() {
        var ring = Rings.of(directory, DIGEST, SEAL, KeyFiles.sealingKey("seal-0"));

        assertEquals("seal-1", ring.activeId());
        assertTrue(ring.sealing("seal-0").isPresent());
        assertTrue(ring.sealing("digest-1").isEmpty());
    }

    @Test
    void bothKindsOfKeyAreNeeded() {
        refuse("needs an A256GCM key and an HS256 key", Rings.file(directory, SEAL));
        refuse("needs an A256GCM key and an HS256 key", Rings.file(directory, DIGEST));
    }

    /** With two of them, hashes made before would be found no more. */
    @Test
    void thereIsOneHashingKey() {
        refuse("two HS256 keys", Rings.file(directory, SEAL, DIGEST, KeyFiles.digestKey("digest-2")));
    }

    @Test
    void keysHaveAnIdOfTheirOwn() {
        refuse("kid", Rings.file(directory, SEAL, KeyFiles.digestKey("seal-1")));
        refuse("kid", Rings.file(directory, KeyFiles.sealingKey("s".repeat(65)), DIGEST));
        var nameless = KeyFiles.sealingKey("gone");
        nameless.setKeyId(null);
        refuse("kid", Rings.file(directory, nameless, DIGEST));
    }

    @Test
    void keysAre256BitsOfAKnownKind() throws Exception {
        refuse("256 bits", Rings.file(directory, SEAL, DIGEST, KeyFiles.signingKey("ec")));
        refuse(
                "256 bits",
                write("{\"kty\":\"oct\",\"kid\":\"a\",\"alg\":\"A256GCM\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAA\"}"));
        var unknown = KeyFiles.sealingKey("other");
        unknown.setAlgorithm("A128KW");
        refuse("neither", Rings.file(directory, SEAL, DIGEST, unknown));
        unknown.setAlgorithm(null);
        refuse("neither", Rings.file(directory, SEAL, DIGEST, unknown));
    }

    @Test
    void fileIsThereAndAJwkSet() throws Exception {
        refuse("cannot be read", directory.resolve("missing.jwks"));
        refuse("no key", write(""));
        var broken = directory.resolve("broken.jwks");
        for (var text : List.of("", "hushhush", "[]", "{\"keys\":\"hushhush\"}", "{\"hushhush\":1,\"hushhush\":2}")) {
            refuse("no JWK set", Files.writeString(broken, text));
        }
    }

    private Path write(String key) throws Exception {
        return Files.writeString(directory.resolve("written.jwks"), "{\"keys\":[" + key + "]}");
    }

    private static void refuse(String reason, Path file) {
        var failure = assertThrows(IllegalStateException.class, () -> new KeyRing(file));
        var message = String.valueOf(failure.getMessage());
        assertTrue(message.contains(reason) && message.contains(file.toString()), message);
        for (Throwable link = failure; link != null; link = link.getCause()) {
            assertFalse(String.valueOf(link.getMessage()).contains("hushhush"), "the file is quoted");
            assertFalse(
                    String.valueOf(link.getMessage()).contains(Base64Url.encode(SEAL.getOctetSequence())),
                    "a key is shown");
        }
    }
}
