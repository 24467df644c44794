package io.postern.enrollment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.postern.input.Text;
import jakarta.validation.constraints.AssertTrue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What may be changed of a factor without a proof; what is left out stays as it is. */
@Schema(name = "FactorChange", additionalProperties = Schema.False.class)
record FactorChange(
        @Text(max = 64) @Schema(description = "How the person calls it", minLength = 1, maxLength = 64) @Nullable
        String label,

        @JsonProperty("default")
        @AssertTrue(message = "can only be set to true; make another factor the default instead")
        @Schema(description = "`true` or left out; to take it from a factor make another the default")
        @Nullable
        Boolean defaultFactor) {}
