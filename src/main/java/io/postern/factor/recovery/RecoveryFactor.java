package io.postern.factor.recovery;

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
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A set of ten codes, each good once (RULES C3). */
@Singleton
final class RecoveryFactor implements Factor {

    private final SecureRandom random;

    RecoveryFactor(SecureRandom random) {
        this.random = random;
    }

    @Override
    public FactorType type() {
        return FactorType.RECOVERY_CODE;
    }

    /** Costs ten slow hashes. */
    @Override
    public Draft begin(Enrollee enrollee, FactorRules rules) {
        var codes = RecoverySet.draw(random);
        return new Draft(RecoverySet.of(codes, random).bytes(), new RecoverySetup(codes));
    }

    @Override
    public byte @Nullable [] material(Stored stored, FactorRules rules) {
        return codesLeft(stored.spentCodes()).orElseThrow() > 0 ? stored.secret() : null;
    }

    @Override
    public OptionalInt codesLeft(long spentCodes) {
        return OptionalInt.of(RecoverySet.CODES - Long.bitCount(spentCodes));
    }

    @Override
    public Verdict check(Answer answer, Instant now) {
        var set = new RecoverySet(answer.material());
        var index = set.find(answer.code());
        if (index.isEmpty()) {
            return new Verdict.Stray();
        }
        return set.fits(index.getAsInt(), answer.code())
                ? Verdict.Match.ofSet(index.getAsInt())
                : new Verdict.Mismatch();
    }
}
