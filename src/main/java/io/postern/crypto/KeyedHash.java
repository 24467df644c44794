package io.postern.crypto;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;

/**
 * HMAC-SHA-256 (RFC 2104) under the key ring's hashing key: names and secrets as keys and digests that tell nothing to
 * someone who has the store but not the key. Each purpose gives hashes of its own, and the parts cannot run together.
 */
@Singleton
public final class KeyedHash {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final KeyRing ring;

    public KeyedHash(KeyRing ring) {
        this.ring = ring;
    }

    /** The id of the key, for places that keep it beside a hash. */
    public String keyId() {
        return ring.hashingId();
    }

    /** 32 bytes. */
    public byte[] of(String purpose, String... parts) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(ring.hashing());
            update(mac, purpose);
            for (var part : parts) {
                update(mac, part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is not to be had", e);
        }
    }

    /** The first 128 bits of the hash as 22 characters of base64url. */
    public String tag(String purpose, String... parts) {
        return BASE64.encodeToString(
                ByteBuffer.allocate(16).put(of(purpose, parts), 0, 16).array());
    }

    private static void update(Mac mac, String part) {
        var bytes = part.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        mac.update(bytes);
    }
}
