package io.postern.challenge;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.postern.factor.FactorType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
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
                        "With `pending`: how many days a computer may be remembered; 0: never. With the least level 0 and more than"
                                + " 0 days, a computer that is remembered already would answer `remembered`")
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
