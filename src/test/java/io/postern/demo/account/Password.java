package io.postern.demo.account;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A stored password: PBKDF2 with HMAC-SHA-256 (RFC 8018), since the JDK has it. A product rather takes Argon2id or bcrypt
 * from a library.
 *
 * @param salt base64url
 * @param hash base64url, 256 bits
 */
record Password(int iterations, String salt, String hash) {

    /** Takes the same time for a right and a wrong one. */
    boolean matches(String typed) {
        var decoder = Base64.getUrlDecoder();
        return MessageDigest.isEqual(derive(typed, decoder.decode(salt), iterations), decoder.decode(hash));
    }

    /** What is stored of a password, under a salt of its own. */
    static Password of(String typed, int iterations, SecureRandom random) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        var encoder = Base64.getUrlEncoder().withoutPadding();
        byte[] hash = derive(typed, salt, iterations);
        return new Password(iterations, encoder.encodeToString(salt), encoder.encodeToString(hash));
    }

    private static byte[] derive(String typed, byte[] salt, int iterations) {
        var keySpec = new PBEKeySpec(typed.toCharArray(), salt, iterations, 256);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(keySpec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK knows PBKDF2", e);
        } finally {
            keySpec.clearPassword();
        }
    }
}
