package io.postern.challenge;

import io.postern.factor.FactorType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A factor in a challenge.
 *
 * @param destination where its codes go, masked; null where none are sent
 * @param material what its check needs; null when the factor is not available
 */
@RegisterForReflection
@SuppressWarnings("ArrayRecordComponent") // never compared
record Candidate(
        UUID id,
        FactorType type,
        String label,
        boolean defaultFactor,
        @Nullable String destination,
        byte @Nullable [] material) {

    /** What callers know it by: a fallback is the only one of its type. */
    String publicId() {
        return type.isFallback() ? type.id() : id.toString();
    }

    boolean available() {
        return material != null;
    }

    /** Tells no material. */
    @Override
    public String toString() {
        return "Candidate[" + id + "]";
    }
}
