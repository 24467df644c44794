package io.postern.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.KeyFiles;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RULES H1, I1. */
final class KeyedHashTest {

    private final OctetSequenceJsonWebKey key = KeyFiles.digestKey("digest-1");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private KeyedHash hash;

    @BeforeEach
    void makeHash() {
        hash = new KeyedHash(Rings.of(directory, KeyFiles.sealingKey("seal-1"), key));
    }

    /** RFC 2104 over each part behind its length in four bytes. */
    @Test
    void itIsHmacSha256OfPartsWithTheirLengths() throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getOctetSequence(), "HmacSHA256"));

        var expected = mac.doFinal(new byte[] {0, 0, 0, 1, 'p', 0, 0, 0, 2, 'a', 'b', 0, 0, 0, 0});

        assertArrayEquals(expected, hash.of("p", "ab", ""));
    }

    @Test
    void partsDoNotRunTogether() {
        var hashes = List.of(
                hash.tag("p", "ab", "c"),
                hash.tag("p", "a", "bc"),
                hash.tag("p", "abc"),
                hash.tag("p", "abc", ""),
                hash.tag("p", "", "abc"),
                hash.tag("pa", "bc"),
                hash.tag("p"));

        assertEquals(hashes.size(), new HashSet<>(hashes).size());
    }

    @Test
    void purposesAndKeysHaveHashesOfTheirOwn() {
        var other = new KeyedHash(Rings.of(directory, KeyFiles.sealingKey("seal-1"), KeyFiles.digestKey("digest-1")));

        assertNotEquals(hash.tag("subject", "a"), hash.tag("client secret", "a"));
        assertNotEquals(hash.tag("subject", "a"), other.tag("subject", "a"));
        assertEquals(hash.tag("subject", "a"), hash.tag("subject", "a"));
    }

    @Test
    void tagIs128BitsOfBase64Url() {
        assertTrue(hash.tag("subject", "a").matches("[A-Za-z0-9_-]{22}"));
    }
}
