package io.postern.demo.account;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
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
        var keySpec = new PBEKeySpec(typed.toCharArray(), decoder.decode(salt), iterations, 256);
        try {
            byte[] derived = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(keySpec)
                    .getEncoded();
            return MessageDigest.isEqual(derived, decoder.decode(hash));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The JDK knows PBKDF2", e);
        } finally {
            keySpec.clearPassword();
        }
    }
}
