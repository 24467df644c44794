package io.postern.challenge;

import io.postern.crypto.Sealed;
import io.postern.factor.FactorType;
import io.postern.factor.Level;
import java.util.List;
import java.util.UUID;

/** A subject as a new challenge finds it: who it is, the person's wish, the policy's text, the active factors with the default first. */
record Enrolled(long subjectId, long version, boolean askEverySignIn, String policy, List<Factor> factors) {

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
        return factors.stream().anyMatch(factor -> !factor.type().isFallback());
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
