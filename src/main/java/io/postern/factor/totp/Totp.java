package io.postern.factor.totp;

import dev.samstevens.totp.code.CodeGenerator;
import dev.samstevens.totp.code.DefaultCodeGenerator;
import dev.samstevens.totp.exceptions.CodeGenerationException;
import io.postern.factor.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import org.apache.commons.codec.binary.Base32;

/** Codes by time after RFC 6238: HMAC-SHA-1, 6 digits, steps of 30 s from the epoch. Other values are ignored by apps. */
final class Totp {

    static final int DIGITS = 6;
    static final int PERIOD_SECONDS = 30;

    /** Steps outside the window that still tell a clock that is off from a guess (RULES C1). */
    static final int NEAR_STEPS = 10;

    private final CodeGenerator generator = new DefaultCodeGenerator();

    /** The step of a moment (RFC 6238 section 4.2). */
    static long step(Instant moment) {
        return Math.floorDiv(moment.getEpochSecond(), PERIOD_SECONDS);
    }

    /** The code of a step. */
    String code(byte[] secret, long step) {
        try {
            return generator.generate(new Base32().encodeToString(secret), step);
        } catch (CodeGenerationException e) {
            throw new IllegalStateException("A TOTP secret is broken", e);
        }
    }

    /** Where the code fits: in the window, else near by, looked for from the present outwards. */
    Verdict check(byte[] secret, String code, Instant now, int driftSteps) {
        long present = step(now);
        for (int distance = 0; distance <= driftSteps + NEAR_STEPS; distance++) {
            for (long step = present - distance; step <= present + distance; step += Math.max(1, 2 * distance)) {
                if (fits(secret, code, step)) {
                    return distance <= driftSteps ? Verdict.Match.ofStep(step) : nearMiss(step, present);
                }
            }
        }
        return new Verdict.Mismatch();
    }

    private static Verdict nearMiss(long step, long present) {
        return new Verdict.NearMiss(
                step,
                Duration.ofSeconds((step - present) * PERIOD_SECONDS),
                Instant.ofEpochSecond((step + 1) * PERIOD_SECONDS));
    }

    private boolean fits(byte[] secret, String code, long step) {
        return step >= 0 && MessageDigest.isEqual(ascii(code(secret, step)), ascii(code));
    }

    private static byte[] ascii(String code) {
        return code.getBytes(StandardCharsets.US_ASCII);
    }
}
