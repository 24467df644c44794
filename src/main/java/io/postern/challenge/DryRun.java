package io.postern.challenge;

import com.fasterxml.jackson.databind.JsonNode;
import io.postern.input.Text;
import io.postern.policy.Policy;
import io.postern.policy.Role;
import io.postern.subject.SubjectId;
import io.postern.token.Action;
import io.postern.token.Purpose;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A challenge that is not to be made, only to be decided on. */
@Schema(name = "DryRun", additionalProperties = Schema.False.class)
record DryRun(
        @NotNull
        @Text(max = SubjectId.MAX)
        @Schema(description = "The application's own id of the person", minLength = 1, maxLength = SubjectId.MAX)
        String subject,

        @NotNull Purpose purpose,

        @Schema(description = "The change that a step-up is the proof for; with the purpose `step_up` only") @Nullable
        Action action,

        @Pattern(regexp = Wish.ACR, message = "must be urn:postern:level:0 to 3")
        @Schema(description = "The least level that would be asked for")
        @Nullable
        String acr,

        @Size(max = Wish.MOST_ROLES)
        @Schema(description = "The roles that would be named", maxItems = Wish.MOST_ROLES)
        @Nullable
        List<@NotNull @Role String> roles,

        @Schema(description = "A policy to try; the stored one where left out", implementation = Policy.Written.class)
        @Nullable
        JsonNode policy) {

    @AssertTrue(message = "action goes with the purpose step_up only")
    @Schema(hidden = true)
    boolean isActionOfStepUp() {
        return action == null || purpose == Purpose.STEP_UP;
    }

    Wish wish() {
        return new Wish(purpose, action, Wish.level(acr), roles);
    }
}
