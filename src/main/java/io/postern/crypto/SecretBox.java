package io.postern.crypto;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** Seals secrets for storage with AES-256-GCM (NIST SP 800-38D): a random 96-bit nonce, a 128-bit tag (RULES H4). */
@Singleton
public final class SecretBox {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final KeyRing ring;
    private final SecureRandom random;

    public SecretBox(KeyRing ring, SecureRandom random) {
        this.ring = ring;
        this.random = random;
    }

    /** Seals with the active key. */
    public Sealed seal(byte[] secret, Place place) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, key(ring.activeId()), nonce, place);
            var sealed = new byte[NONCE_BYTES + cipher.getOutputSize(secret.length)];
            System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
            cipher.doFinal(secret, 0, secret.length, sealed, NONCE_BYTES);
            return new Sealed(ring.activeId(), sealed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is not to be had", e);
        }
    }

    /**
     * Opens what {@link #seal} made.
     *
     * @throws UndecryptableException when the key is unknown, the secret was changed, or it belongs to another place
     */
    public byte[] open(Sealed sealed, Place place) {
        if (sealed.bytes().length < NONCE_BYTES + TAG_BITS / 8) {
            throw new UndecryptableException("A sealed secret of " + place.table() + " is too short");
        }
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, key(sealed.keyId()), sealed.bytes(), place);
            return cipher.doFinal(sealed.bytes(), NONCE_BYTES, sealed.bytes().length - NONCE_BYTES);
        } catch (AEADBadTagException e) {
            throw new UndecryptableException("A sealed secret of " + place.table() + " was changed or moved");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM is not to be had", e);
        }
    }

    /** {@link #seal} in one array that names its key: for places that have no column for the key's id. */
    public byte[] sealWhole(byte[] secret, Place place) {
        var sealed = seal(secret, place);
        var id = sealed.keyId().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + id.length + sealed.bytes().length)
                .put((byte) id.length)
                .put(id)
                .put(sealed.bytes())
                .array();
    }

    /** Opens what {@link #sealWhole} made. */
    public byte[] openWhole(byte[] whole, Place place) {
        int end = whole.length == 0 ? 1 : 1 + (whole[0] & 0xff);
        if (end > whole.length) {
            throw new UndecryptableException("A sealed secret of " + place.table() + " is too short");
        }
        var id = new String(whole, 1, end - 1, StandardCharsets.UTF_8);
        return open(new Sealed(id, Arrays.copyOfRange(whole, end, whole.length)), place);
    }

    private Key key(String id) {
        return ring.sealing(id).orElseThrow(() -> new UndecryptableException("The key ring has no key " + id));
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce, Place place) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, 0, NONCE_BYTES));
        cipher.updateAAD(place.associatedData());
        return cipher;
    }
}
