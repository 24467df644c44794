package io.postern.factor;

import java.time.Instant;

/**
 * One kind of proof. The flows of enrollment and sign-in know this interface alone; a new kind is one package that
 * implements it and one constant of {@link FactorType}. Implementations hold no state.
 */
public interface Factor {

    FactorType type();

    /** Makes the secret of a new factor. */
    Draft begin(Enrollee enrollee);

    /** What a challenge carries, sealed, so that an answer can be checked without another look at the store (RULES B5). */
    byte[] material(byte[] secret, FactorRules rules);

    /**
     * Compares an answer with what the factor expects now.
     *
     * @param material what {@link #material} gave
     * @throws IllegalStateException when the material is broken
     */
    Verdict check(byte[] material, String code, Instant now);
}
