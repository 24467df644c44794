package io.postern.enrollment;

import io.postern.input.Text;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The first code of a pending factor. */
@Schema(name = "Activation", additionalProperties = Schema.False.class)
record Activation(
        @NotNull
        @Text(max = 64)
        @Schema(description = "What the person typed; spaces are ignored", minLength = 1, maxLength = 64)
        String code,

        @Text(max = 64)
        @Schema(
                description = "The code that was sent to the registered address, where the policy asks for it",
                minLength = 1,
                maxLength = 64)
        @Nullable
        String emailCode) {

    /** Tells no code. */
    @Override
    public String toString() {
        return "Activation[…]";
    }
}
