package io.postern.device;

import io.postern.input.Text;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a person may change of a remembered computer. */
@Schema(name = "DeviceChange", additionalProperties = Schema.False.class)
record DeviceChange(
        @NotNull
        @Text(max = DeviceView.MOST_NAME)
        @Schema(description = "How the person calls it", minLength = 1, maxLength = 64)
        String name) {}
