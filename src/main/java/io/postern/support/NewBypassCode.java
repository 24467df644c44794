package io.postern.support;

import io.postern.access.Errands;
import io.postern.event.Errand;
import io.postern.input.Text;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A code that the help desk wants for a person. */
@Schema(name = "NewBypassCode", additionalProperties = Schema.False.class)
record NewBypassCode(
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

        @Min(value = 1, message = "must be 1 to 60")
        @Max(value = LONGEST, message = "must be 1 to 60")
        @Schema(description = "How long the code is good", minimum = "1", maximum = "60", defaultValue = "15")
        @Nullable
        Integer minutes) {

    private static final int LONGEST = 60;
    private static final int USUAL = 15;

    /** @throws io.postern.problem.Problem {@code own_account} where the actor is the person */
    Errand errand(Errands errands, String subject) {
        return OthersErrand.of(errands.ofMembers(actor, reason), subject);
    }

    int life() {
        return minutes == null ? USUAL : minutes;
    }
}
