package io.postern.challenge;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.postern.factor.FactorType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a creation would come to now, and why. */
@Schema(
        name = "DryRunDecision",
        requiredProperties = {"status", "reasons"})
@RegisterForReflection
record DryRunView(
        ChallengeView.Status status,

        @Schema(description = "With `pending`: the level that would be wanted, as `acr`") @Nullable
        String leastLevel,

        @Schema(description = "With `pending`: the factors that would be shown") @Nullable
        List<TriedFactor> factors,

        @Schema(
                description =
                        "With `pending` and `remembered`: how many days a computer may be remembered; 0: never. With the least"
                                + " level 0 and more than 0 days, a computer that is remembered already answers"
                                + " `remembered`, and so does its `device_token` here")
        @Nullable
        Integer rememberedDays,

        @Schema(description = "With `enrollment_required`, in the grace period: its end") @Nullable
        Instant graceUntil,

        @Schema(description = "What the decision rests on") List<Reason> reasons) {

    /** A factor as it would be shown, with its level. */
    @Schema(
            name = "TriedFactor",
            requiredProperties = {"id", "type", "label", "default", "level", "available"})
    @RegisterForReflection
    record TriedFactor(
            String id,
            FactorType type,

            @Schema(description = "How the person calls it") String label,

            @JsonProperty("default") @Schema(description = "Offered first")
            boolean defaultFactor,

            @Schema(description = "As `acr`") String level,

            @Schema(description = "Whether it could be used now")
            boolean available,

            @Schema(description = "Why it could not; absent where it could") @Nullable
            Obstacle reason,

            @Schema(description = "Where codes go, masked; absent where none are sent") @Nullable
            String destination) {

        static TriedFactor of(Candidate candidate) {
            return new TriedFactor(
                    candidate.publicId(),
                    candidate.type(),
                    candidate.label(),
                    candidate.defaultFactor(),
                    candidate.type().level().acr(),
                    candidate.available(),
                    candidate.obstacle(),
                    candidate.destination());
        }
    }

    /** With what a computer's token adds to a decision that asks for a code. */
    static DryRunView of(Outcome.ToPass toPass, Reason device) {
        if (device != Reason.DEVICE_REMEMBERED) {
            return of(toPass).because(device);
        }
        var days = toPass.rememberedDays();
        return new DryRunView(ChallengeView.Status.REMEMBERED, null, null, days, null, List.copyOf(toPass.reasons()))
                .because(device);
    }

    private DryRunView because(Reason more) {
        var all = Stream.concat(reasons.stream(), Stream.of(more)).toList();
        return new DryRunView(status, leastLevel, factors, rememberedDays, graceUntil, all);
    }

    static DryRunView of(Outcome outcome) {
        var reasons = List.copyOf(outcome.reasons());
        return switch (outcome) {
            case Outcome.NothingToPass nothing ->
                new DryRunView(nothing.status(), null, null, null, nothing.graceUntil(), reasons);
            case Outcome.ToPass toPass ->
                new DryRunView(
                        toPass.status(),
                        toPass.least().acr(),
                        toPass.candidates().stream().map(TriedFactor::of).toList(),
                        toPass.rememberedDays(),
                        null,
                        reasons);
        };
    }
}
