package io.postern.challenge;

import io.postern.input.Text;
import io.postern.subject.SubjectId;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A code for a challenge. */
@Schema(name = "Verification")
record Verification(
        @NotNull
        @Text(max = 64)
        @Schema(
                description = "The id of one of the challenge's factors",
                examples = "7d0d6ef3-8f6b-4b1e-9a57-3a6a7a1c4a52")
        String factor,

        @NotNull @Text(max = 64) @Schema(examples = "123456")
        String code,

        @Text(max = SubjectId.MAX)
        @Schema(description = "When given, a challenge of another subject is not found", examples = "owner")
        @Nullable
        String subject) {

    /** Tells no code. */
    @Override
    public String toString() {
        return "Verification[" + factor + "]";
    }
}
