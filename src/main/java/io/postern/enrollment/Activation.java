package io.postern.enrollment;

import io.postern.input.Text;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The first code of a pending factor. */
@Schema(name = "Activation", additionalProperties = Schema.False.class)
record Activation(
        @NotNull
        @Text(max = 64)
        @Schema(description = "What the person typed; spaces are ignored", minLength = 1, maxLength = 64)
        String code) {

    /** Tells no code. */
    @Override
    public String toString() {
        return "Activation[…]";
    }
}
