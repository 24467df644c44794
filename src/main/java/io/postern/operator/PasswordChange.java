package io.postern.operator;

import io.postern.input.Text;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A password that takes the place of another. */
@Schema(name = "PasswordChange", additionalProperties = Schema.False.class)
record PasswordChange(
        @NotNull @Text(max = FirstOperator.LONGEST_PASSWORD) @Schema(description = "The one that is good now")
        String currentPassword,

        @NotNull
        @Text(max = FirstOperator.LONGEST_PASSWORD)
        @Schema(description = FirstOperator.PASSWORD_MEANS, minLength = PasswordRules.LEAST)
        String newPassword) {

    /** Tells nothing. */
    @Override
    public String toString() {
        return "PasswordChange[…]";
    }
}
