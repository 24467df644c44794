package io.postern.operator;

import io.postern.input.Text;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Who is to be the first operator, an administrator. */
@Schema(name = "FirstOperator", additionalProperties = Schema.False.class)
record FirstOperator(
        @NotNull
        @Text(max = LONGEST_SECRET)
        @Schema(description = "The bootstrap secret of the configuration", maxLength = LONGEST_SECRET)
        String secret,

        @NotNull
        @Pattern(regexp = NewOperator.NAME, message = NewOperator.NAME_MESSAGE)
        @Schema(description = NewOperator.NAME_MEANS, pattern = NewOperator.NAME)
        String name,

        @NotNull
        @Email
        @Text(max = NewOperator.LONGEST_EMAIL)
        @Schema(description = NewOperator.EMAIL_MEANS, format = "email", maxLength = NewOperator.LONGEST_EMAIL)
        String email,

        @NotNull @Text(max = LONGEST_PASSWORD) @Schema(description = PASSWORD_MEANS, minLength = PasswordRules.LEAST)
        String password) {

    static final int LONGEST_SECRET = 512;

    /** In UTF-16 units; the rules count characters. */
    static final int LONGEST_PASSWORD = 1024;

    static final String PASSWORD_MEANS =
            "15 to 128 characters of any kind, none that is commonly used and none made of your name or the service's";

    /** Tells nothing. */
    @Override
    public String toString() {
        return "FirstOperator[…]";
    }
}
