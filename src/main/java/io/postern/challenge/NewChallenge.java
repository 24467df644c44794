package io.postern.challenge;

import io.postern.input.IpAddress;
import io.postern.input.Text;
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

        @Pattern(regexp = Wish.ACR, message = "must be urn:postern:level:0 to 3")
        @Schema(
                description =
                        "The least level asked for, raised to that of the policy; factors below it are not available in the"
                                + " challenge")
        @Nullable
        String acr,

        @Size(max = Wish.MOST_ROLES)
        @Schema(
                description =
                        "The person's roles, for a policy that requires a second step of some roles only; left out, the person"
                                + " counts as one of them",
                maxItems = Wish.MOST_ROLES)
        @Nullable
        List<@NotNull @Role String> roles,

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

    Wish wish() {
        return new Wish(purpose, action, Wish.level(acr), roles);
    }

    /** Tells no token. */
    @Override
    public String toString() {
        return "NewChallenge[" + purpose + "]";
    }
}
