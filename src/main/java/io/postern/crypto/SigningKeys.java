package io.postern.crypto;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.List;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;

/**
 * One kind of token's keys: the first signs, all are accepted. A new key is rolled out as second, then as first, and the old
 * one is taken away once its last token has ended: three steps, each safe while copies run with either file (RULES A4).
 */
public final class SigningKeys {

    private static final String P_256 = "P-256";

    private final List<JsonWebKey> keys;

    /**
     * Reads the keys.
     *
     * @throws IllegalStateException when a key is not a private P-256 key
     */
    public SigningKeys(Path file) {
        keys = JwkFiles.read(file);
        for (var key : keys) {
            if (!(key instanceof EllipticCurveJsonWebKey curve)
                    || !P_256.equals(curve.getCurveName())
                    || curve.getPrivateKey() == null) {
                throw new IllegalStateException(
                        "The key " + key.getKeyId() + " of " + file + " is no private P-256 key");
            }
        }
    }

    public String signingId() {
        return keys.getFirst().getKeyId();
    }

    public PrivateKey signing() {
        return ((EllipticCurveJsonWebKey) keys.getFirst()).getPrivateKey();
    }

    public List<JsonWebKey> all() {
        return keys;
    }

    /** The public halves as a JWK set (RFC 7517 section 5). */
    public String publicSet() {
        return new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
    }
}
