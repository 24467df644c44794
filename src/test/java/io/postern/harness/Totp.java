package io.postern.harness;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An authenticator app: TOTP (RFC 6238) with SHA-1, 6 digits and steps of 30 s. On its own, so that the service is not
 * measured against itself.
 */
public final class Totp {
    /** The length of a step. */
    public static final Duration STEP = Duration.ofSeconds(30);

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int MODULUS = 1_000_000;

    private Totp() {}

    /** The code that an app shows at that time. */
    public static String codeAt(String secretBase32, Instant time) {
        return code(secretBase32, step(time));
    }

    /** The number of the step in which the time lies, counted from 1970. */
    public static long step(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), STEP.toSeconds());
    }

    /** The code of a step (RFC 4226, section 5.3). */
    public static String code(String secretBase32, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(decode(secretBase32), "HmacSHA1"));
            byte[] digest =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = digest[digest.length - 1] & 0xf;
            int truncated = ByteBuffer.wrap(digest).getInt(offset) & 0x7fffffff;
            return String.format(Locale.ROOT, "%06d", truncated % MODULUS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Base32 (RFC 4648) as people type it: in any case of letters, with or without spaces and padding. */
    private static byte[] decode(String base32) {
        String digits = base32.replaceAll("[ =-]", "").toUpperCase(Locale.ROOT);
        ByteBuffer bytes = ByteBuffer.allocate(digits.length() * 5 / 8);
        int buffer = 0;
        int bits = 0;
        for (int i = 0; i < digits.length(); i++) {
            int value = BASE32.indexOf(digits.charAt(i));
            if (value < 0) {
                throw new IllegalArgumentException("Not Base32: " + digits.charAt(i));
            }
            buffer = buffer << 5 | value;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.put((byte) (buffer >> bits));
            }
        }
        return bytes.array();
    }
}
