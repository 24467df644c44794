package io.postern.challenge;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.postern.factor.FactorType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of asking for a second step. */
@Schema(name = "Challenge", requiredProperties = "status")
@RegisterForReflection
record ChallengeView(
        Status status,

        @Schema(description = "Absent where there is nothing to pass") @Nullable
        String id,

        @Schema(description = "While pending: what the person may choose from, the default first") @Nullable
        List<Option> factors,

        @Schema(description = "While pending: tries left, in this challenge") @Nullable
        Integer attemptsRemaining,

        @Schema(description = "When the challenge ends") @Nullable
        Instant expiresAt) {

    /** Where a person stands. */
    @Schema(name = "ChallengeStatus", description = """
                    - `not_enrolled`: two-factor is off, there is nothing to pass
                    - `enrollment_required`: two-factor is off and the policy requires it
                    - `pending`: a code is awaited
                    - `approved`: the second step was passed
                    - `failed`: the tries are used up""")
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
    @Schema(
            name = "FactorOption",
            requiredProperties = {"id", "type", "label", "default", "available"})
    @RegisterForReflection
    record Option(
            String id,
            FactorType type,

            @Schema(description = "How the person calls it") String label,

            @JsonProperty("default") @Schema(description = "Offered first")
            boolean defaultFactor,

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
