package io.postern.challenge;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.postern.factor.FactorType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of asking for a second step. */
@Schema(name = "Challenge")
@RegisterForReflection
record ChallengeView(
        Status status,

        @Schema(description = "Of a challenge", examples = "Jx0Yq6uVfVQ9mH6dQ7cJrAq1w2e3r4t5y6u7i8o9p0Ab") @Nullable
        String id,

        @Nullable List<Option> factors,
        @Nullable Integer attemptsRemaining,
        @Nullable Instant expiresAt) {

    /** Where a person stands. */
    enum Status {
        /** Two-factor is off for the subject: there is nothing to pass. */
        @JsonProperty("not_enrolled")
        NOT_ENROLLED,
        /** Two-factor is off, and the policy requires it: enroll a factor before letting the person in. */
        @JsonProperty("enrollment_required")
        ENROLLMENT_REQUIRED,
        /** A code is awaited. */
        @JsonProperty("pending")
        PENDING,
        /** The second step was passed. */
        @JsonProperty("approved")
        APPROVED,
        /** The tries are used up. */
        @JsonProperty("failed")
        FAILED
    }

    /** A factor that the person may choose. */
    @Schema(name = "FactorOption")
    @RegisterForReflection
    record Option(
            @Schema(examples = "7d0d6ef3-8f6b-4b1e-9a57-3a6a7a1c4a52")
            String id,

            FactorType type,
            @Schema(examples = "Phone") String label,
            @JsonProperty("default") boolean defaultFactor,

            @Schema(
                    description =
                            "False while it is locked, not allowed by the policy, below the level asked for, or unreadable")
            boolean available) {

        static Option of(Candidate candidate) {
            return new Option(
                    candidate.id().toString(),
                    candidate.type(),
                    candidate.label(),
                    candidate.defaultFactor(),
                    candidate.available());
        }
    }

    static ChallengeView nothingToPass(Status status) {
        return new ChallengeView(status, null, null, null, null);
    }

    static ChallengeView pending(ChallengeId id, ChallengeState state, int attempts, Instant expiresAt) {
        var options = state.candidates().stream().map(Option::of).toList();
        return new ChallengeView(Status.PENDING, id.toString(), options, attempts, expiresAt);
    }

    static ChallengeView ended(ChallengeId id, Status status, Instant expiresAt) {
        return new ChallengeView(status, id.toString(), null, null, expiresAt);
    }
}
