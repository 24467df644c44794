package io.postern.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.OctJwkGenerator;
import org.jose4j.jwk.OctetSequenceJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * The service's key files: JWK sets (RFC 7517) that only their owner may read.
 *
 * @param ring symmetric keys: those of {@code A256GCM} seal what is at rest (the first seals, all open), that of
 *     {@code HS256} is for digests
 * @param verification private P-256 keys of the verification tokens; the first signs
 * @param access private P-256 keys of the access tokens; the first signs
 */
public record KeyFiles(Path ring, Path verification, Path access) {
    private static final int KEY_BITS = 256;

    /** The key files of the directory; each that is not there yet is made with fresh keys. */
    public static KeyFiles in(Path directory) {
        KeyFiles files = new KeyFiles(
                directory.resolve("ring.jwks"),
                directory.resolve("verification.jwks"),
                directory.resolve("access.jwks"));
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!Files.exists(files.ring())) {
            write(files.ring(), List.of(sealingKey("seal-1"), digestKey("digest-1")));
        }
        if (!Files.exists(files.verification())) {
            write(files.verification(), List.of(signingKey("verification-1")));
        }
        if (!Files.exists(files.access())) {
            write(files.access(), List.of(signingKey("access-1")));
        }
        return files;
    }

    /** Replaces the file by one with these keys, in this order, at once. */
    public static void write(Path file, List<? extends JsonWebKey> keys) {
        try {
            Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
            Files.deleteIfExists(unfinished);
            Files.createFile(
                    unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(
                    unfinished, new JsonWebKeySet(keys).toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static OctetSequenceJsonWebKey sealingKey(String id) {
        return symmetric(id, "A256GCM");
    }

    public static OctetSequenceJsonWebKey digestKey(String id) {
        return symmetric(id, AlgorithmIdentifiers.HMAC_SHA256);
    }

    public static EllipticCurveJsonWebKey signingKey(String id) {
        try {
            EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(id);
            key.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
            key.setUse(Use.SIGNATURE);
            return madeNow(key);
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OctetSequenceJsonWebKey symmetric(String id, String algorithm) {
        OctetSequenceJsonWebKey key = OctJwkGenerator.generateJwk(KEY_BITS);
        key.setKeyId(id);
        key.setAlgorithm(algorithm);
        return madeNow(key);
    }

    private static <T extends JsonWebKey> T madeNow(T key) {
        key.setOtherParameter("iat", Instant.now().getEpochSecond());
        return key;
    }
}
