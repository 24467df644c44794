package io.postern.factor.totp;

import dev.samstevens.totp.qr.QrData;
import io.postern.factor.Answer;
import io.postern.factor.Draft;
import io.postern.factor.Enrollee;
import io.postern.factor.Factor;
import io.postern.factor.FactorRules;
import io.postern.factor.FactorType;
import io.postern.factor.Stored;
import io.postern.factor.Verdict;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import org.apache.commons.codec.binary.Base32;

/** An authenticator app: a secret of 160 bits (RFC 4226 section 4, R6) and codes after RFC 6238. */
@Singleton
final class TotpFactor implements Factor {

    private static final int SECRET_BYTES = 20;

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
