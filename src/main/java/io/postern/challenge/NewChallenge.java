package io.postern.challenge;

import io.postern.factor.Level;
import io.postern.input.IpAddress;
import io.postern.input.Text;
import io.postern.subject.SubjectId;
import io.postern.token.Action;
import io.postern.token.Purpose;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What asks for a second step. */
@Schema(name = "NewChallenge")
record NewChallenge(
        @NotNull @Text(max = SubjectId.MAX) @Schema(examples = "owner")
        String subject,

        @NotNull Purpose purpose,

        @Schema(description = "The change that a step-up is the proof for") @Nullable
        Action action,

        @Pattern(regexp = "urn:postern:level:[0-3]", message = "must be urn:postern:level:0 to 3")
        @Schema(description = "The least level asked for", examples = "urn:postern:level:2")
        @Nullable
        String acr,

        @Text(max = 255)
        @Schema(
                description = "Comes back in the token, to bind it to the front end's own session",
                examples = "n-0S6_WzA2Mj")
        @Nullable
        String nonce,

        @IpAddress @Schema(description = "The person's address", examples = "203.0.113.7") @Nullable
        String ip,

        @Text(max = 512) @Schema(description = "The person's browser") @Nullable
        String userAgent) {

    @AssertTrue(message = "action goes with the purpose step_up only")
    boolean isActionOfStepUp() {
        return action == null || purpose == Purpose.STEP_UP;
    }

    Level leastLevel() {
        return acr == null ? Level.REMEMBERED : Level.ofAcr(acr).orElse(Level.PHISHING_RESISTANT);
    }
}
