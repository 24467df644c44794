package io.postern.factor.totp;

import dev.samstevens.totp.qr.QrData;
import io.postern.factor.Adoption;
import io.postern.factor.Answer;
import io.postern.factor.Draft;
import io.postern.factor.Enrollee;
import io.postern.factor.Factor;
import io.postern.factor.FactorRules;
import io.postern.factor.FactorType;
import io.postern.factor.Stored;
import io.postern.factor.Verdict;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.codec.binary.Base32;
import org.jspecify.annotations.Nullable;

/** An authenticator app: a secret of 160 bits (RFC 4226 section 4, R6) and codes after RFC 6238. */
@Singleton
final class TotpFactor implements Factor {

    private static final int SECRET_BYTES = 20;
    private static final int LEAST_BYTES = 16;
    private static final int MOST_BYTES = 64;
    private static final Pattern BASE32 = Pattern.compile("[A-Z2-7]+");

    /** What is left of a Base32 text after whole groups of 8 is never so long. */
    private static final Set<Integer> NO_LENGTHS = Set.of(1, 3, 6);

    private static final Set<String> SHA_1 = Set.of("SHA1", "SHA-1", "HMACSHA1");

    private final Totp totp = new Totp();
    private final SecureRandom random;

    TotpFactor(SecureRandom random) {
        this.random = random;
    }

    @Override
    public FactorType type() {
        return FactorType.TOTP;
    }

    @Override
    public Draft begin(Enrollee enrollee, FactorRules rules) {
        var secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        var key = new Base32().encodeToString(secret);
        var uri = new QrData.Builder()
                .issuer(enrollee.application())
                .label(enrollee.application() + ":" + enrollee.account())
                .secret(key)
                .digits(Totp.DIGITS)
                .period(Totp.PERIOD_SECONDS)
                .build()
                .getUri();
        return new Draft(secret, new TotpSetup(key, uri, QrSvg.of(uri)));
    }

    /** Apps take secrets from 128 bits on (RFC 4226 section 4, R6), and few take long ones. */
    @Override
    public Draft adopt(Adoption known, FactorRules rules) {
        if (!isOrOpen(known.digits(), Totp.DIGITS)
                || !isOrOpen(known.period(), Totp.PERIOD_SECONDS)
                || !(known.algorithm() == null
                        || SHA_1.contains(known.algorithm().toUpperCase(Locale.ROOT)))) {
            throw Problem.of(ProblemCode.TOTP_NOT_SUPPORTED);
        }
        var secret = decode(known.secret() == null ? "" : known.secret());
        if (secret.length < LEAST_BYTES || secret.length > MOST_BYTES) {
            throw Problem.of(ProblemCode.INVALID_SECRET);
        }
        return new Draft(secret, null);
    }

    private static boolean isOrOpen(@Nullable Integer value, int expected) {
        return value == null || value == expected;
    }

    /** Base32 (RFC 4648 section 6) as products write it: in any case, in groups, padded or not. Empty when it is none. */
    private static byte[] decode(String text) {
        var plain = text.replace(" ", "").toUpperCase(Locale.ROOT);
        var digits = plain.replaceFirst("=*$", "");
        boolean whole = !NO_LENGTHS.contains(digits.length() % 8);
        return whole && BASE32.matcher(digits).matches() ? new Base32().decode(digits) : new byte[0];
    }

    /** The drift that the policy allows, then the secret. */
    @Override
    public byte[] material(Stored stored, FactorRules rules) {
        var secret = stored.secret();
        return ByteBuffer.allocate(1 + secret.length)
                .put((byte) rules.totpDriftSteps())
                .put(secret)
                .array();
    }

    @Override
    public Verdict check(Answer answer, Instant now) {
        var buffer = ByteBuffer.wrap(answer.material());
        int drift = buffer.get();
        var secret = new byte[buffer.remaining()];
        buffer.get(secret);
        return totp.check(secret, answer.code(), now, drift);
    }
}
