package io.postern.challenge;

import io.postern.crypto.Sealed;
import io.postern.factor.FactorType;
import io.postern.factor.Level;
import java.util.List;
import java.util.UUID;

/**
 * A subject as a new challenge finds it: who it is, the person's wish, the policy's text, the active factors with the default
 * first.
 *
 * @param held whether two-factor is on whatever is active, because of a freeze or a suspended factor (RULES F5)
 */
record Enrolled(
        long subjectId, long version, boolean askEverySignIn, String policy, boolean held, List<Factor> factors) {

    /** An active factor, usable or not. */
    record Factor(
            UUID id,
            FactorType type,
            String label,
            boolean defaultFactor,
            Sealed secret,
            long spentCodes,
            boolean locked) {}

    /** Whether two-factor is on: by what is stored, not by what is usable (RULES B2). */
    boolean isOn() {
        return held || factors.stream().anyMatch(factor -> !factor.type().isFallback());
    }

    /** Whether it is on, and nothing is left to pass it with. */
    boolean isBlocked() {
        return held && factors.isEmpty();
    }

    /** The level of the strongest factor that is no fallback; the lowest level where there is none. */
    Level highest() {
        return factors.stream()
                .filter(factor -> !factor.type().isFallback())
                .map(factor -> factor.type().level())
                .max(Level::compareTo)
                .orElse(Level.REMEMBERED);
    }
}
