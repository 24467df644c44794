package io.postern.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.KeyFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.keys.EllipticCurves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RULES A3, A4. */
final class SigningKeysTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void firstSignsAndAllArePublishedByTheirPublicHalves() {
        var keys = new SigningKeys(Rings.file(directory, KeyFiles.signingKey("new"), KeyFiles.signingKey("old")));

        assertEquals("new", keys.signingId());
        assertTrue(keys.publicSet().contains("\"new\"") && keys.publicSet().contains("\"old\""));
        assertFalse(keys.publicSet().contains("\"d\""));
        assertFalse(keys.publicSet().contains(privatePart(keys.all())));
    }

    @Test
    void keysAreOfP256() throws Exception {
        var p384 = EcJwkGenerator.generateJwk(EllipticCurves.P384);
        p384.setKeyId("p384");
        refuse(Rings.file(directory, p384));
        refuse(Rings.file(directory, KeyFiles.signingKey("good"), KeyFiles.digestKey("secret")));
    }

    @Test
    void keysArePrivate() throws Exception {
        refuse(publicOnly(KeyFiles.signingKey("public")));
    }

    @Test
    void halvesOfAKeyBelongTogether() throws Exception {
        var mixed = KeyFiles.signingKey("mixed").toParams(OutputControlLevel.INCLUDE_PRIVATE);
        mixed.put("d", privatePart(List.of(KeyFiles.signingKey("other"))));
        var file = Files.writeString(directory.resolve("mixed.jwks"), "{\"keys\":[" + JsonUtil.toJson(mixed) + "]}");

        var failure = assertThrows(IllegalStateException.class, () -> new SigningKeys(file));

        assertTrue(String.valueOf(failure.getMessage()).contains("do not belong together"));
    }

    private static String privatePart(List<JsonWebKey> keys) {
        var parameters = keys.getFirst().toParams(OutputControlLevel.INCLUDE_PRIVATE);
        return String.valueOf(parameters.get("d"));
    }

    private Path publicOnly(EllipticCurveJsonWebKey key) throws Exception {
        return Files.writeString(
                directory.resolve("public.jwks"), "{\"keys\":[" + key.toJson(OutputControlLevel.PUBLIC_ONLY) + "]}");
    }

    private static void refuse(Path file) {
        var failure = assertThrows(IllegalStateException.class, () -> new SigningKeys(file));
        assertTrue(String.valueOf(failure.getMessage()).contains("no private P-256 key"));
    }
}
