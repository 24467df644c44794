package io.postern.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.crypto.KeyRing;
import io.postern.crypto.KeyedHash;
import io.postern.embedded.KeyFiles;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RULES G1, G2: tokens of remembered computers. */
final class DeviceTokensTest {

    private static final Computer OWNER = new Computer("demo-admin", "owner", 1, "demo-admin", null, null);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @SuppressWarnings("NullAway.Init")
    private DeviceTokens tokens;

    @BeforeEach
    void makeTokens() {
        tokens = tokens(directory);
    }

    @Test
    void tokenIsReadAsItWasMade() {
        var token = tokens.first(OWNER);
        assertEquals(Optional.of(token), tokens.read(OWNER, token.text()));
        assertEquals(32, Base64.getUrlDecoder().decode(token.secret()).length);
    }

    /** Without a look at the database. */
    @Test
    void tokenIsOfItsSubjectAndApplicationAlone() {
        var text = tokens.first(OWNER).text();
        assertTrue(tokens.read(new Computer("demo-admin", "Owner", 1, "demo-admin", null, null), text)
                .isEmpty());
        assertTrue(tokens.read(new Computer("other-admin", "owner", 1, "demo-admin", null, null), text)
                .isEmpty());
        assertTrue(tokens.read(new Computer("demo-admin", "owner", 2, "other-client", "::1", "x"), text)
                .isPresent());
    }

    @Test
    void successorIsAlwaysTheSameOneAndTellsNothingOfItsPredecessor() {
        var token = tokens.first(OWNER);
        var successor = tokens.successor(OWNER, token);
        assertEquals(successor, tokens.successor(OWNER, token));
        assertEquals(token.series(), successor.series());
        assertNotEquals(token.secret(), successor.secret());
        assertNotEquals(successor, tokens.successor(OWNER, tokens.first(OWNER)));
        assertArrayEquals(tokens.digest(successor), tokens.digest(tokens.successor(OWNER, token)));
        assertFalse(Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(tokens.digest(token))
                .equals(successor.secret()));
    }

    /** Whoever knows a token cannot work out the next one. */
    @Test
    void successorNeedsTheKey(@TempDir Path elsewhere) {
        var token = tokens.first(OWNER);
        var others = tokens(elsewhere);
        assertNotEquals(
                tokens.successor(OWNER, token).secret(),
                others.successor(OWNER, token).secret());
        assertTrue(others.read(OWNER, token.text()).isEmpty());
    }

    @Test
    void nothingIsNoToken() {
        assertTrue(tokens.read(OWNER, null).isEmpty());
        assertTrue(tokens.read(OWNER, "").isEmpty());
        assertTrue(tokens.read(OWNER, tokens.first(OWNER).text() + "\n").isEmpty());
    }

    private static DeviceTokens tokens(Path directory) {
        var ring = new KeyRing(KeyFiles.in(directory).ring());
        return new DeviceTokens(new KeyedHash(ring), new SecureRandom());
    }
}
