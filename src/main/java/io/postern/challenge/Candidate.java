package io.postern.challenge;

import io.postern.factor.FactorType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A factor in a challenge.
 *
 * @param material what its check needs; null when the factor is not available
 */
@RegisterForReflection
@SuppressWarnings("ArrayRecordComponent") // never compared
record Candidate(UUID id, FactorType type, String label, boolean defaultFactor, byte @Nullable [] material) {

    boolean available() {
        return material != null;
    }

    /** Tells no material. */
    @Override
    public String toString() {
        return "Candidate[" + id + "]";
    }
}
