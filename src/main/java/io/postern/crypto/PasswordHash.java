package io.postern.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A slow hash for secrets of fewer than 112 bits (NIST SP 800-63B-4 section 3.1.2.2): PBKDF2 with HMAC-SHA-512 and 210,000
 * iterations, as OWASP's password storage cheat sheet has it.
 */
public final class PasswordHash {

    private static final int ITERATIONS = 210_000;

    private PasswordHash() {}

    /** @param bytes of the hash, 16 at least */
    public static byte[] of(String secret, byte[] salt, int bytes) {
        var spec = new PBEKeySpec(secret.toCharArray(), salt, ITERATIONS, bytes * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("PBKDF2 is not to be had", e);
        } finally {
            spec.clearPassword();
        }
    }
}
