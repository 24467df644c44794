package io.postern.challenge;

import io.postern.input.Text;
import io.postern.subject.SubjectId;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A code for a challenge. */
@Schema(name = "Verification", additionalProperties = Schema.False.class)
public record Verification(
        @NotNull
        @Text(max = 64)
        @Schema(
                description = "The id of one of the challenge's factors, `recovery_code` or `bypass_code`",
                minLength = 1,
                maxLength = 64)
        String factor,

        @NotNull
        @Text(max = 64)
        @Schema(description = "What the person typed; spaces are ignored", minLength = 1, maxLength = 64)
        String code,

        @Text(max = SubjectId.MAX)
        @Schema(
                description = "When given, a challenge of another subject is not found",
                minLength = 1,
                maxLength = SubjectId.MAX)
        @Nullable
        String subject,

        @Schema(
                description =
                        "Whether this computer may skip the next second steps. Left out, it follows the person's choice; true is"
                                + " honoured only where the policy and the person allow it, at a sign-in, and not with a"
                                + " recovery code or a code of the help desk")
        @Nullable
        Boolean rememberDevice) {

    /** Tells no code. */
    @Override
    public String toString() {
        return "Verification[" + factor + "]";
    }
}
