package io.postern.crypto;

import java.nio.file.Path;
import java.security.Key;
import java.security.PrivateKey;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * One kind of token's keys: the first signs, all are accepted. A new key is rolled out as second, then as first, and the old
 * one is taken away once its last token has ended: three steps, each safe while copies run with either file (RULES A4).
 */
public final class SigningKeys {

    private static final String P_256 = "P-256";
    private static final Set<String> PUBLISHED = Set.of("kty", "kid", "use", "alg", "crv", "x", "y");

    private final List<JsonWebKey> keys;

    /**
     * Reads the keys.
     *
     * @throws IllegalStateException when a key is not a private P-256 key, or its halves do not belong together
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
            if (!isPair(curve)) {
                throw new IllegalStateException(
                        "The halves of the key " + key.getKeyId() + " of " + file + " do not belong together");
            }
        }
    }

    /** Whether the public half accepts what the private one signs; else every token would be refused. */
    private static boolean isPair(EllipticCurveJsonWebKey key) {
        try {
            var signed = signature(key.getPrivateKey());
            signed.setPayload("probe");
            var read = signature(key.getPublicKey());
            read.setCompactSerialization(signed.getCompactSerialization());
            return read.verifySignature();
        } catch (JoseException e) {
            return false;
        }
    }

    private static JsonWebSignature signature(Key half) {
        var signature = new JsonWebSignature();
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        signature.setKey(half);
        return signature;
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

    /** The public halves as a JWK set (RFC 7517 section 5), and of them what verifying takes: a file may say more of a key. */
    public String publicSet() {
        return JsonUtil.toJson(
                Map.of("keys", keys.stream().map(SigningKeys::published).toList()));
    }

    private static Map<String, Object> published(JsonWebKey key) {
        var members = key.toParams(OutputControlLevel.PUBLIC_ONLY);
        members.keySet().retainAll(PUBLISHED);
        return members;
    }
}
