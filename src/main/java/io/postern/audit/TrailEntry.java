package io.postern.audit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An audit row as its person is shown it. */
@Schema(
        name = "TrailEntry",
        requiredProperties = {"at", "type"})
@RegisterForReflection
public record TrailEntry(
        Instant at,

        @Schema(description = "What happened, such as `factor_activated`")
        String type,

        @Nullable String factor,
        @Nullable String factorType,

        @Schema(description = "The number of the challenge") @Nullable
        String challenge,

        @Schema(description = "The API client that called") @Nullable
        String client,

        @Schema(description = "The person's address, as the application told it") @Nullable
        String ip,

        @Schema(description = "The person's browser, as the application told it") @Nullable
        String userAgent,

        @Schema(description = "Who at the help desk acted") @Nullable
        String actor,

        @Schema(description = "Why they did") @Nullable String reason) {

    /** Tells nothing of the person. */
    @Override
    public String toString() {
        return "TrailEntry[" + type + "]";
    }
}
