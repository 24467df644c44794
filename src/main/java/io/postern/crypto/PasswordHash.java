package io.postern.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password hash for random secrets of fewer than 112 bits (NIST SP 800-63B-4 section 3.1.2.2): PBKDF2 (NIST SP 800-132) with
 * HMAC-SHA-256 and 10,000 iterations. That is few for passwords, which it is not meant for: nobody guesses 64 random bits at
 * any speed, and a set of ten is made while a person waits.
 */
public final class PasswordHash {

    private static final int ITERATIONS = 10_000;

    private PasswordHash() {}

    /** @param bytes of the hash, 16 at least */
    public static byte[] of(String secret, byte[] salt, int bytes) {
        var spec = new PBEKeySpec(secret.toCharArray(), salt, ITERATIONS, bytes * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("PBKDF2 is not to be had", e);
        } finally {
            spec.clearPassword();
        }
    }
}
