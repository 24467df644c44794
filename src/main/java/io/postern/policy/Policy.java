package io.postern.policy;

import io.postern.factor.FactorRules;
import io.postern.factor.FactorType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An application's rules. Complete and valid by construction: what is left out takes its default, what is out
 * of range is refused.
 *
 * @param allowedFactors the types people may enroll and use; all by default, never none
 * @param enforcement whether a second step is {@code optional} or {@code required}
 * @param challengeSeconds the life of a challenge, 60 to 900 (RULES B1)
 * @param attempts wrong codes that end a challenge, 1 to 10 (RULES B7)
 * @param totpDriftSteps steps of 30 s that an authenticator may be off either way, 0 or 1 (RULES C1)
 */
public record Policy(
        Set<FactorType> allowedFactors, Enforcement enforcement, int challengeSeconds, int attempts, int totpDriftSteps)
        implements FactorRules {

    /** What an application has that sets nothing. */
    public static final Policy DEFAULT = new Policy(EnumSet.allOf(FactorType.class), Enforcement.OPTIONAL, 900, 5, 1);

    /** @throws IllegalArgumentException naming the first member that is out of range */
    public Policy {
        if (allowedFactors.isEmpty()) {
            throw new IllegalArgumentException("allowed_factors must name at least one factor");
        }
        allowedFactors = Set.copyOf(allowedFactors);
        requireRange("challenge_seconds", challengeSeconds, 60, 900);
        requireRange("attempts", attempts, 1, 10);
        requireRange("totp_drift_steps", totpDriftSteps, 0, 1);
    }

    public Duration challengeLife() {
        return Duration.ofSeconds(challengeSeconds);
    }

    private static void requireRange(String member, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(member + " must be from " + least + " to " + most);
        }
    }

    /** A policy as it is written: what is left out is the default. */
    @RegisterForReflection
    public record Overrides(
            @Nullable Set<FactorType> allowedFactors,
            @Nullable Enforcement enforcement,
            @Nullable Integer challengeSeconds,
            @Nullable Integer attempts,
            @Nullable Integer totpDriftSteps) {

        public Policy toPolicy() {
            return new Policy(
                    or(allowedFactors, DEFAULT.allowedFactors),
                    or(enforcement, DEFAULT.enforcement),
                    or(challengeSeconds, DEFAULT.challengeSeconds),
                    or(attempts, DEFAULT.attempts),
                    or(totpDriftSteps, DEFAULT.totpDriftSteps));
        }

        private static <T> T or(@Nullable T value, T otherwise) {
            return value == null ? otherwise : value;
        }
    }
}
