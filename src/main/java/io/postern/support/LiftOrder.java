package io.postern.support;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.postern.access.Errands;
import io.postern.event.Errand;
import io.postern.input.Text;
import io.postern.reversal.Freezes;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Lifts a freeze. */
@Schema(name = "LiftOrder", additionalProperties = Schema.False.class)
record LiftOrder(
        @Text(max = Errand.MOST_ACTOR)
        @Schema(
                description =
                        "Who acts, by their id in the calling product; never the person themselves. An API client must say"
                                + " it; of an operator it is known, and set aside",
                minLength = 1,
                maxLength = 128)
        @Nullable
        String actor,

        @NotNull
        @Text(max = Errand.MOST_REASON)
        @Size(min = Errand.LEAST_REASON, message = "must be at least {min} characters")
        @Schema(description = "Why; kept in the audit trail", minLength = 3, maxLength = 500)
        String reason,

        @NotNull Suspended suspended) {

    /** Whose the suspended factors are. */
    @Schema(name = "SuspendedFactors", description = """
            - `reinstate`: they are the person's, and somebody else used the link; they can be used again
            - `discard`: they are not; they go where another factor is left, and stay suspended where none is""")
    enum Suspended {
        @JsonProperty("reinstate")
        REINSTATE(Freezes.Finding.THE_PERSONS),
        @JsonProperty("discard")
        DISCARD(Freezes.Finding.SOMEBODY_ELSES);

        private final Freezes.Finding finding;

        Suspended(Freezes.Finding finding) {
            this.finding = finding;
        }

        Freezes.Finding finding() {
            return finding;
        }
    }

    /** @throws io.postern.problem.Problem {@code own_account} where the actor is the person */
    Errand errand(Errands errands, String subject) {
        return OthersErrand.of(errands.ofMembers(actor, reason), subject);
    }
}
