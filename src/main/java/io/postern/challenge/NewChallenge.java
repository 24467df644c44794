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
@Schema(name = "NewChallenge", additionalProperties = Schema.False.class)
record NewChallenge(
        @NotNull
        @Text(max = SubjectId.MAX)
        @Schema(description = "The application's own id of the person", minLength = 1, maxLength = SubjectId.MAX)
        String subject,

        @NotNull Purpose purpose,

        @Schema(description = "The change that a step-up is the proof for; with the purpose `step_up` only") @Nullable
        Action action,

        @Pattern(regexp = "urn:postern:level:[0-3]", message = "must be urn:postern:level:0 to 3")
        @Schema(description = "The least level asked for; factors below it are not available in the challenge")
        @Nullable
        String acr,

        @Text(max = 255)
        @Schema(
                description = "Comes back in the token, to bind it to the front end's own session",
                minLength = 1,
                maxLength = 255)
        @Nullable
        String nonce,

        @Text(max = 4096)
        @Schema(
                description =
                        "What the computer kept of its last sign-in as this person; set aside for a step-up and above level 0. One"
                                + " that is not good is no error",
                minLength = 1,
                maxLength = 4096)
        @Nullable
        String deviceToken,

        @IpAddress
        @Schema(description = "The person's IPv4 or IPv6 address, for the audit trail and the list of computers")
        @Nullable
        String ip,

        @Text(max = 512)
        @Schema(
                description = "The person's browser, for the audit trail and the name of the computer",
                minLength = 1,
                maxLength = 512)
        @Nullable
        String userAgent) {

    @AssertTrue(message = "action goes with the purpose step_up only")
    @Schema(hidden = true)
    boolean isActionOfStepUp() {
        return action == null || purpose == Purpose.STEP_UP;
    }

    /** Whether a remembered computer could do (RULES G2). */
    boolean mayBeRemembered() {
        return purpose == Purpose.SIGN_IN && leastLevel() == Level.REMEMBERED;
    }

    /** Tells no token. */
    @Override
    public String toString() {
        return "NewChallenge[" + purpose + "]";
    }

    Level leastLevel() {
        return acr == null ? Level.REMEMBERED : Level.ofAcr(acr).orElse(Level.PHISHING_RESISTANT);
    }
}
