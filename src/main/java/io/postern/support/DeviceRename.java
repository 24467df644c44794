package io.postern.support;

import io.postern.access.Errands;
import io.postern.device.DeviceView;
import io.postern.event.Errand;
import io.postern.input.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Another name for a remembered computer of a person. */
@Schema(name = "DeviceRename", additionalProperties = Schema.False.class)
record DeviceRename(
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

        @NotNull
        @Text(max = DeviceView.MOST_NAME)
        @Schema(description = "How it is called from now on", minLength = 1, maxLength = 64)
        String name) {

    /** @throws io.postern.problem.Problem {@code own_account} where the actor is the person */
    Errand errand(Errands errands, String subject) {
        return OthersErrand.of(errands.ofMembers(actor, reason), subject);
    }
}
