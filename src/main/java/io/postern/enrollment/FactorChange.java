package io.postern.enrollment;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.postern.input.Text;
import jakarta.validation.constraints.AssertTrue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What may be changed of a factor without a proof; what is left out stays as it is. */
@Schema(name = "FactorChange")
record FactorChange(
        @Text(max = 64) @Schema(examples = "Work phone") @Nullable
        String label,

        @JsonProperty("default")
        @AssertTrue(message = "can only be set to true; make another factor the default instead")
        @Nullable
        Boolean defaultFactor) {}
