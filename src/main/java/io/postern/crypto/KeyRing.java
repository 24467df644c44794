package io.postern.crypto;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.security.Key;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jwk.OctetSequenceJsonWebKey;

/** The keys that protect what is stored: one that seals, the older ones that still open, and the one of keyed hashes. */
@Singleton
public final class KeyRing {

    private static final int KEY_BYTES = 32;

    private final Map<String, Key> sealing = new LinkedHashMap<>();
    private final String activeId;
    private final Key hashing;
    private final String hashingId;

    @Inject
    KeyRing(KeyConfig config) {
        this(config.ringFile());
    }

    /**
     * Reads the ring.
     *
     * @throws IllegalStateException when the file lacks a sealing key or has not exactly one hashing key
     */
    public KeyRing(Path file) {
        Key hash = null;
        String hashId = "";
        for (var jwk : JwkFiles.read(file)) {
            if (!(jwk instanceof OctetSequenceJsonWebKey oct) || oct.getOctetSequence().length != KEY_BYTES) {
                throw new IllegalStateException("The key " + jwk.getKeyId() + " of " + file + " is not 256 bits long");
            }
            switch (Optional.ofNullable(jwk.getAlgorithm()).orElse("")) {
                case "A256GCM" -> sealing.put(jwk.getKeyId(), new SecretKeySpec(oct.getOctetSequence(), "AES"));
                case "HS256" -> {
                    if (hash != null) {
                        throw new IllegalStateException("The key ring " + file + " has two HS256 keys");
                    }
                    hash = new SecretKeySpec(oct.getOctetSequence(), "HmacSHA256");
                    hashId = jwk.getKeyId();
                }
                default ->
                    throw new IllegalStateException(
                            "The key " + jwk.getKeyId() + " of " + file + " is neither A256GCM nor HS256");
            }
        }
        if (hash == null || sealing.isEmpty()) {
            throw new IllegalStateException("The key ring " + file + " needs an A256GCM key and an HS256 key");
        }
        hashing = hash;
        hashingId = hashId;
        activeId = sealing.keySet().iterator().next();
    }

    /** The id of the key that seals new secrets. */
    public String activeId() {
        return activeId;
    }

    /** The ids of the keys that only open. */
    public List<String> olderIds() {
        return sealing.keySet().stream().filter(id -> !id.equals(activeId)).toList();
    }

    Optional<Key> sealing(String id) {
        return Optional.ofNullable(sealing.get(id));
    }

    String hashingId() {
        return hashingId;
    }

    Key hashing() {
        return hashing;
    }
}
