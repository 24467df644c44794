package io.postern.factor.bypass;

import io.postern.crypto.PasswordHash;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;

/**
 * A code that is read out over the telephone: twelve characters with 58 random bits, in groups of four. Ten tries an hour
 * (RULES D2) in the hour that it lives at most find it with a chance of 1 in 5·10^16. Kept as a salt and a hash.
 */
final class BypassCode {

    /** No 0 and O, no 1, I and L; no U, so that no words come about. */
    private static final String ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int LENGTH = 12;
    private static final int GROUP = 4;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 16;

    private BypassCode() {}

    static String draw(SecureRandom random) {
        var text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            if (i > 0 && i % GROUP == 0) {
                text.append('-');
            }
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** What is kept of a code; costs a slow hash. */
    static byte[] keep(String code, SecureRandom random) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        var kept = Arrays.copyOf(salt, SALT_BYTES + HASH_BYTES);
        System.arraycopy(hash(code, salt), 0, kept, SALT_BYTES, HASH_BYTES);
        return kept;
    }

    /** Whether a text is the code of which this is kept; costs a slow hash where it has the length of one. */
    static boolean fits(byte[] kept, String text) {
        if (plain(text).length() != LENGTH) {
            return false;
        }
        var salt = Arrays.copyOf(kept, SALT_BYTES);
        return MessageDigest.isEqual(Arrays.copyOfRange(kept, SALT_BYTES, kept.length), hash(text, salt));
    }

    private static byte[] hash(String code, byte[] salt) {
        return PasswordHash.of(plain(code), salt, HASH_BYTES);
    }

    /** As people type it: in any case, with or without what stands between the groups. */
    private static String plain(String text) {
        return text.toUpperCase(Locale.ROOT).replaceAll("[ -]", "");
    }
}
