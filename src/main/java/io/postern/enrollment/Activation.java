package io.postern.enrollment;

import io.postern.input.Text;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The first code of a pending factor. */
@Schema(name = "Activation")
record Activation(
        @NotNull @Text(max = 64) @Schema(examples = "123456")
        String code) {

    /** Tells no code. */
    @Override
    public String toString() {
        return "Activation[…]";
    }
}
