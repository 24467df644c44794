package io.postern.webhook;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How a new secret takes over. */
@Schema(name = "WebhookSecretRotation", additionalProperties = Schema.False.class)
record Rotation(
        @Min(0)
        @Max(168)
        @Schema(
                description = "For how many hours the secret before it signs too; 24 where left out, 0: not at all",
                minimum = "0",
                maximum = "168")
        @Nullable
        Integer overlapHours) {

    Duration overlap() {
        return Duration.ofHours(overlapHours == null ? 24 : overlapHours);
    }
}
