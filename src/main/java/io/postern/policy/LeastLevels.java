package io.postern.policy;

import io.postern.factor.FactorType;
import io.postern.factor.Level;
import io.postern.token.Purpose;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Arrays;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The least level of a proof for each purpose; a challenge may ask for more, never for less.
 *
 * @param signIn 0 to 3; with 0 a remembered computer will do
 * @param stepUp 1 to 3, for a remembered computer proves no change (RULES G2)
 */
public record LeastLevels(Level signIn, Level stepUp) {

    /** What a policy has that says nothing of levels. */
    public static final LeastLevels DEFAULT = new LeastLevels(Level.REMEMBERED, Level.CODE_BY_EMAIL);

    public Level of(Purpose purpose) {
        return switch (purpose) {
            case SIGN_IN -> signIn;
            case STEP_UP -> stepUp;
        };
    }

    void check(Set<FactorType> allowed, Faults faults) {
        faults.unless(stepUp != Level.REMEMBERED, Written.STEP_UP, "must be urn:postern:level:1 to 3");
        faults.unless(isReached(signIn, allowed), Written.SIGN_IN, Written.NOT_REACHED);
        faults.unless(isReached(stepUp, allowed), Written.STEP_UP, Written.NOT_REACHED);
    }

    /** Fallbacks do not count: each code of theirs is gone after one use. */
    private static boolean isReached(Level least, Set<FactorType> allowed) {
        return Arrays.stream(FactorType.values())
                .filter(type -> allowed.contains(type) && !type.isFallback())
                .anyMatch(type -> type.level().atLeast(least));
    }

    Written written() {
        return new Written(signIn.acr(), stepUp.acr());
    }

    /** As they are written; what is left out is the default. */
    @Schema(name = "LeastLevels", additionalProperties = Schema.False.class)
    @RegisterForReflection
    public record Written(
            @Schema(description = "From `urn:postern:level:0`, the default, to `3`", examples = "urn:postern:level:0")
            @Nullable
            String signIn,

            @Schema(description = "From `urn:postern:level:1`, the default, to `3`", examples = "urn:postern:level:2")
            @Nullable
            String stepUp) {

        private static final String SIGN_IN = "least_level.sign_in";
        private static final String STEP_UP = "least_level.step_up";
        private static final String NOT_REACHED = "is reached by none of allowed_factors";

        LeastLevels read(Faults faults) {
            return new LeastLevels(
                    level(signIn, DEFAULT.signIn, SIGN_IN, faults), level(stepUp, DEFAULT.stepUp, STEP_UP, faults));
        }

        private static Level level(@Nullable String acr, Level otherwise, String field, Faults faults) {
            if (acr == null) {
                return otherwise;
            }
            var level = Level.ofAcr(acr);
            faults.unless(level.isPresent(), field, "must be urn:postern:level:0 to 3");
            return level.orElse(otherwise);
        }
    }
}
