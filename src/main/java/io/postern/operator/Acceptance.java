package io.postern.operator;

import io.postern.input.Text;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A password that is set with a one-time secret. */
@Schema(name = "InvitationAcceptance", additionalProperties = Schema.False.class)
record Acceptance(
        @NotNull
        @Text(max = FirstOperator.LONGEST_SECRET)
        @Schema(description = "The one-time secret that another operator was shown")
        String invitation,

        @NotNull
        @Text(max = FirstOperator.LONGEST_PASSWORD)
        @Schema(description = FirstOperator.PASSWORD_MEANS, minLength = PasswordRules.LEAST)
        String password) {

    /** Tells nothing. */
    @Override
    public String toString() {
        return "Acceptance[…]";
    }
}
