package io.postern.reversal;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is held of a change, for the person themselves. */
@Schema(
        name = "HeldChange",
        requiredProperties = {"type", "at"})
@RegisterForReflection
public record HeldChange(
        @Schema(description = "The name of the notice that told of it")
        String type,

        @Nullable UUID factor,

        @Schema(description = "Of the factor, or of an address that came, masked") @Nullable
        String label,

        @Schema(description = "The mail address before, of a change of it") @Nullable
        String formerEmail,

        Instant at,

        @Schema(description = "When the person said that it was not theirs") @Nullable
        Instant disownedAt) {

    /** Tells nothing of the person. */
    @Override
    public String toString() {
        return "HeldChange[" + type + "]";
    }
}
