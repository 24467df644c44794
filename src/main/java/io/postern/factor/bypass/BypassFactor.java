package io.postern.factor.bypass;

import io.postern.factor.Answer;
import io.postern.factor.Draft;
import io.postern.factor.Enrollee;
import io.postern.factor.Factor;
import io.postern.factor.FactorRules;
import io.postern.factor.FactorType;
import io.postern.factor.Stored;
import io.postern.factor.Verdict;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One code, good once (RULES F4). When it ends, and that it ends with any change of factors, is the store's to decide. */
@Singleton
final class BypassFactor implements Factor {

    /** Of a set of one. */
    private static final int ONLY = 0;

    private final SecureRandom random;

    BypassFactor(SecureRandom random) {
        this.random = random;
    }

    @Override
    public FactorType type() {
        return FactorType.BYPASS_CODE;
    }

    @Override
    public Draft begin(Enrollee enrollee, FactorRules rules) {
        var code = BypassCode.draw(random);
        return new Draft(BypassCode.keep(code, random), new BypassSetup(code));
    }

    @Override
    public byte @Nullable [] material(Stored stored, FactorRules rules) {
        return stored.spentCodes() == 0 ? stored.secret() : null;
    }

    @Override
    public Verdict check(Answer answer, Instant now) {
        return BypassCode.fits(answer.material(), answer.code()) ? Verdict.Match.ofSet(ONLY) : new Verdict.Mismatch();
    }
}
