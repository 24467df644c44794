package io.postern.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.postern.embedded.KeyFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RULES H4. */
final class SecretBoxTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);
    private static final Place PLACE = new Place("factor", "secret", "7d0d6ef3-8f6b-4b1e-9a57-3a6a7a1c4a52");

    private final OctetSequenceJsonWebKey first = KeyFiles.sealingKey("seal-1");
    private final OctetSequenceJsonWebKey second = KeyFiles.sealingKey("seal-2");
    private final OctetSequenceJsonWebKey digest = KeyFiles.digestKey("digest-1");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private SecretBox box;

    @BeforeEach
    void makeBox() {
        box = box(first, digest);
    }

    private SecretBox box(OctetSequenceJsonWebKey... keys) {
        return new SecretBox(Rings.of(directory, keys), new SecureRandom());
    }

    @Test
    void sealedSecretOpensInItsPlace() {
        var sealed = box.seal(SECRET, PLACE);

        assertEquals("seal-1", sealed.keyId());
        assertArrayEquals(SECRET, box.open(sealed, PLACE));
    }

    @Test
    void sealedSecretShowsNothingAndIsNeverTheSameTwice() {
        var sealed = box.seal(SECRET, PLACE);

        assertFalse(new String(sealed.bytes(), StandardCharsets.ISO_8859_1)
                .contains(new String(SECRET, StandardCharsets.ISO_8859_1)));
        assertFalse(Arrays.equals(sealed.bytes(), box.seal(SECRET, PLACE).bytes()));
    }

    @Test
    void secretMovedElsewhereDoesNotOpen() {
        var sealed = box.seal(SECRET, PLACE);

        refuse(sealed, new Place(PLACE.table(), PLACE.column(), "00000000-0000-0000-0000-000000000000"));
        refuse(sealed, new Place(PLACE.table(), "label", PLACE.row()));
        refuse(sealed, new Place("subject", PLACE.column(), PLACE.row()));
    }

    @Test
    void anyBitThatWasFlippedIsSeen() {
        var sealed = box.seal(SECRET, PLACE);

        for (int bit = 0; bit < sealed.bytes().length * 8; bit++) {
            var changed = sealed.bytes().clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            refuse(new Sealed(sealed.keyId(), changed), PLACE);
        }
    }

    @Test
    void secretCutShortDoesNotOpen() {
        var sealed = box.seal(SECRET, PLACE);

        for (int length = 0; length < sealed.bytes().length; length++) {
            refuse(new Sealed(sealed.keyId(), Arrays.copyOf(sealed.bytes(), length)), PLACE);
        }
    }

    @Test
    void keyThatTheRingLacksOrThatIsAnotherDoesNotOpen() {
        var sealed = box.seal(SECRET, PLACE);
        var other = box(second, digest);

        assertThrows(UndecryptableException.class, () -> other.open(sealed, PLACE));
        assertThrows(UndecryptableException.class, () -> other.open(new Sealed("seal-2", sealed.bytes()), PLACE));
    }

    @Test
    void olderKeyStillOpensAndTheFirstSeals() {
        var sealed = box.seal(SECRET, PLACE);
        var rotated = box(second, first, digest);

        assertArrayEquals(SECRET, rotated.open(sealed, PLACE));
        assertEquals("seal-2", rotated.seal(SECRET, PLACE).keyId());
    }

    @Test
    void wholeNamesItsKeyAndOpensOnlyWhole() {
        var whole = box.sealWhole(SECRET, PLACE);

        assertArrayEquals(SECRET, box(second, first, digest).openWhole(whole, PLACE));
        for (int length = 0; length < whole.length; length++) {
            var cut = Arrays.copyOf(whole, length);
            assertThrows(UndecryptableException.class, () -> box.openWhole(cut, PLACE));
        }
    }

    private void refuse(Sealed sealed, Place place) {
        assertThrows(UndecryptableException.class, () -> box.open(sealed, place));
    }
}
