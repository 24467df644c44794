package io.postern.challenge;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.postern.code.Sent;
import io.postern.device.Remembered;
import io.postern.factor.FactorType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of asking for a second step. */
@Schema(name = "Challenge", requiredProperties = "status")
@RegisterForReflection
public record ChallengeView(
        Status status,

        @Schema(description = "Absent where there is nothing to pass") @Nullable
        String id,

        @Schema(description = "While pending: what the person may choose from, the default first") @Nullable
        List<Option> factors,

        @Schema(description = "While pending: tries left, in this challenge") @Nullable
        Integer attemptsRemaining,

        @Schema(description = "When the challenge ends") @Nullable
        Instant expiresAt,

        @Schema(
                description =
                        "When remembered: a signed JWT of level 0; the integration guide lists what to check of it")
        @Nullable
        String verificationToken,

        @Schema(description = "When the computer is remembered: its id in the list of the person's devices") @Nullable
        UUID device,

        @Schema(
                description =
                        "When the computer is remembered: for its next sign-in, in a cookie of this person alone, in place of the"
                                + " one before")
        @Nullable
        String deviceToken,

        @Schema(description = "When the computer is remembered: until then, and no longer") @Nullable
        Instant rememberedUntil,

        @Schema(
                description =
                        "With `enrollment_required`, in the grace period: until then the person may skip the enrollment. Absent"
                                + " where they may not")
        @Nullable
        Instant graceUntil) {

    /** Tells no token. */
    @Override
    public String toString() {
        return "ChallengeView[" + status + "]";
    }

    /** Where a person stands. */
    @Schema(name = "ChallengeStatus", description = """
                    - `remembered`: this computer passed the second step before, there is nothing to pass
                    - `not_enrolled`: two-factor is off, there is nothing to pass
                    - `enrollment_required`: two-factor is off and the policy requires it, now or from `grace_until` on
                    - `blocked`: two-factor is on, and a disowned change left nothing to pass it with; let nobody in
                    - `pending`: a code is awaited
                    - `approved`: the second step was passed
                    - `failed`: the tries are used up""")
    enum Status {
        /** Two-factor is off for the subject: there is nothing to pass. */
        @JsonProperty("not_enrolled")
        NOT_ENROLLED,
        /** Two-factor is off, and the policy requires it: enroll a factor before letting the person in, or after the grace. */
        @JsonProperty("enrollment_required")
        ENROLLMENT_REQUIRED,
        /** Two-factor is on, and nothing is left to pass it with: the help desk decides (RULES F5). */
        @JsonProperty("blocked")
        BLOCKED,
        /** The computer passed a challenge not long ago: there is nothing to pass. */
        @JsonProperty("remembered")
        REMEMBERED,
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
                            "False while it is locked, not allowed by the policy, below the level asked for, used up, or unreadable")
            boolean available,

            @Schema(description = "Why it is not available; absent while it is") @Nullable
            Obstacle reason,

            @Schema(description = "Where codes go, masked; absent where none are sent") @Nullable
            String destination,

            @Schema(description = "What became of the newest code; absent before one is sent") @Nullable
            Sent sent) {

        static Option of(Candidate candidate, Optional<Sent> sent) {
            return new Option(
                    candidate.publicId(),
                    candidate.type(),
                    candidate.label(),
                    candidate.defaultFactor(),
                    candidate.available(),
                    candidate.obstacle(),
                    candidate.destination(),
                    sent.orElse(null));
        }
    }

    /** The newest code of a factor; empty when none was sent. */
    Optional<SentView> sent(String factor) {
        List<Option> options = factors == null ? List.of() : factors;
        return options.stream()
                .filter(option -> option.id().equals(factor) && option.sent() != null && option.destination() != null)
                .map(option -> new SentView(option.destination(), option.sent()))
                .findFirst();
    }

    static ChallengeView nothingToPass(Status status, @Nullable Instant graceUntil) {
        return new ChallengeView(status, null, null, null, null, null, null, null, null, graceUntil);
    }

    static ChallengeView remembered(String token, Remembered device) {
        return new ChallengeView(
                Status.REMEMBERED,
                null,
                null,
                null,
                null,
                token,
                device.device(),
                device.token(),
                device.until(),
                null);
    }

    /** One that was just made. */
    static ChallengeView pending(ChallengeId id, ChallengeState state, int attempts) {
        var options = state.candidates().stream()
                .map(candidate -> Option.of(candidate, Optional.empty()))
                .toList();
        return pending(id, options, attempts, state.end());
    }

    static ChallengeView pending(ChallengeId id, List<Option> options, int attempts, Instant expiresAt) {
        return new ChallengeView(
                Status.PENDING, id.toString(), options, attempts, expiresAt, null, null, null, null, null);
    }

    static ChallengeView ended(ChallengeId id, Status status, Instant expiresAt) {
        return new ChallengeView(status, id.toString(), null, null, expiresAt, null, null, null, null, null);
    }
}
