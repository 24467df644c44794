package io.postern.factor;

import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One kind of proof. The flows of enrollment and sign-in know this interface alone; a new kind is one package that
 * implements it and one constant of {@link FactorType}. Implementations hold no state.
 */
public interface Factor {

    FactorType type();

    /**
     * Makes the secret of a new factor.
     *
     * @throws Problem where the enrollee's destination is none for this factor
     */
    Draft begin(Enrollee enrollee, FactorRules rules);

    /**
     * Makes the secret of a factor that a person has in another product already, so that they need not enroll it anew. By the
     * same rules as {@link #begin}.
     *
     * @throws Problem where it cannot be used here, or the kind does not move
     */
    default Draft adopt(Adoption known, FactorRules rules) {
        throw Problem.of(ProblemCode.FACTOR_NOT_ALLOWED);
    }

    /**
     * What a challenge carries, sealed, so that an answer can be checked without another look at the store (RULES B5).
     * Null where the rules no longer allow the factor, or it is used up: it is then shown as not available (RULES B2).
     */
    byte @Nullable [] material(Stored stored, FactorRules rules);

    /**
     * Compares an answer with what the factor expects now.
     *
     * @throws IllegalStateException when the material is broken
     */
    Verdict check(Answer answer, Instant now);

    /** How many codes of a set are left; empty for a factor without a set. */
    default OptionalInt codesLeft(long spentCodes) {
        return OptionalInt.empty();
    }

    /** Where the codes of a secret or material go; empty where none are sent. */
    default Optional<Destination> destination(byte[] secret) {
        return Optional.empty();
    }
}
