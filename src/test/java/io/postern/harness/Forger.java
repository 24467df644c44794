package io.postern.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Makes tokens that the service did not make, with its own keys or with others: real ones with one thing changed, so that a
 * test shows what that one thing does.
 */
public final class Forger {

    private final PublicJsonWebKey key;

    private Forger(PublicJsonWebKey key) {
        this.key = key;
    }

    /** Signs with the first key of the file. */
    public static Forger with(Path keyFile) {
        try {
            var keys = new JsonWebKeySet(Files.readString(keyFile)).getJsonWebKeys();
            return new Forger((PublicJsonWebKey) keys.getFirst());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signs with a key of nobody's that has the id of the real one. */
    public static Forger with(PublicJsonWebKey foreign) {
        return new Forger(foreign);
    }

    public String keyId() {
        return key.getKeyId();
    }

    /** The token again with a {@code jti} of its own, its claims changed, signed anew. */
    public String again(String token, Consumer<Map<String, Object>> change) {
        return again(token, header -> {}, change);
    }

    /** The same with its header changed too. */
    public String again(
            String token, Consumer<Map<String, Object>> changeHeader, Consumer<Map<String, Object>> changeClaims) {
        return sign(
                token,
                key.getPrivateKey(),
                AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
                changeHeader,
                changeClaims);
    }

    /** The token again with the algorithm {@code none} and no signature. */
    public String unsigned(String token) {
        return sign(token, null, AlgorithmIdentifiers.NONE, header -> {}, claims -> {});
    }

    /** The token again as HMAC under the text of the public key, which a checker that trusts {@code alg} would take. */
    public String confused(String token) {
        var published = key.toJson(OutputControlLevel.PUBLIC_ONLY);
        var secret = new HmacKey(published.getBytes(StandardCharsets.UTF_8));
        return sign(token, secret, AlgorithmIdentifiers.HMAC_SHA256, header -> {}, claims -> {});
    }

    /** The claims of a token, unchecked. */
    public static Map<String, Object> claims(String token) {
        return part(token, 1);
    }

    /** The header of a token, unchecked. */
    public static Map<String, Object> header(String token) {
        return part(token, 0);
    }

    /** A claim that is a number, such as a time in seconds. */
    public static long number(Map<String, Object> claims, String name) {
        if (claims.get(name) instanceof Long number) {
            return number;
        }
        throw new AssertionError("No number '" + name + "' in " + claims);
    }

    private static Map<String, Object> part(String token, int number) {
        try {
            var json = Base64.getUrlDecoder().decode(token.split("\\.", -1)[number]);
            return new LinkedHashMap<>(JsonUtil.parseJson(new String(json, StandardCharsets.UTF_8)));
        } catch (JoseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String sign(
            String token,
            @Nullable Key key,
            String algorithm,
            Consumer<Map<String, Object>> changeHeader,
            Consumer<Map<String, Object>> changeClaims) {
        var claims = claims(token);
        claims.put("jti", UUID.randomUUID().toString());
        changeClaims.accept(claims);
        Map<String, Object> header = new HashMap<>(header(token));
        header.put("alg", algorithm);
        changeHeader.accept(header);
        var jws = new JsonWebSignature();
        jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        jws.setDoKeyValidation(false);
        jws.setPayload(JsonUtil.toJson(claims));
        header.forEach((name, value) -> jws.setHeader(name, value));
        jws.setKey(key);
        try {
            return jws.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
