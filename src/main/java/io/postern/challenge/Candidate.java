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
 * @param obstacle why it is not available; null when it is
 */
@RegisterForReflection
@SuppressWarnings("ArrayRecordComponent") // never compared
record Candidate(
        UUID id,
        FactorType type,
        String label,
        boolean defaultFactor,
        @Nullable String destination,
        byte @Nullable [] material,
        @Nullable Obstacle obstacle) {

    static Candidate available(Enrolled.Factor factor, @Nullable String destination, byte[] material) {
        return new Candidate(
                factor.id(), factor.type(), factor.label(), factor.defaultFactor(), destination, material, null);
    }

    static Candidate unavailable(Enrolled.Factor factor, @Nullable String destination, Obstacle why) {
        return new Candidate(
                factor.id(), factor.type(), factor.label(), factor.defaultFactor(), destination, null, why);
    }

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
