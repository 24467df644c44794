package io.postern.enrollment;

import io.postern.factor.FactorType;
import io.postern.input.Text;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What begins an enrollment. */
@Schema(name = "NewFactor", additionalProperties = Schema.False.class)
record NewFactor(
        @NotNull FactorType type,

        @Text(max = 64) @Schema(description = "How the person calls it", minLength = 1, maxLength = 64) @Nullable
        String label) {

    String labelOrDefault() {
        return label == null ? type.label() : label;
    }
}
