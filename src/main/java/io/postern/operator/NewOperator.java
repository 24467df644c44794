package io.postern.operator;

import io.postern.input.Text;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An operator to be invited. */
@Schema(name = "NewOperator", additionalProperties = Schema.False.class)
record NewOperator(
        @NotNull @Pattern(regexp = NAME, message = NAME_MESSAGE) @Schema(description = NAME_MEANS, pattern = NAME)
        String name,

        @NotNull
        @Email
        @Text(max = LONGEST_EMAIL)
        @Schema(description = EMAIL_MEANS, format = "email", maxLength = LONGEST_EMAIL)
        String email,

        @NotNull OperatorRole role) {

    static final String NAME = "[a-z0-9][a-z0-9._-]{0,63}";
    static final String NAME_MESSAGE = "must be 1 to 64 of a-z 0-9 . _ -, and begin with a letter or digit";
    static final String NAME_MEANS =
            "What they sign in with, and what the audit trail names them by: it does not change and is never given again";
    static final String EMAIL_MEANS = "Where they are told of changes of their factors";
    static final int LONGEST_EMAIL = 254;

    static boolean isName(String text) {
        return text.matches(NAME);
    }

    /** Tells nobody's address. */
    @Override
    public String toString() {
        return "NewOperator[" + role + "]";
    }
}
