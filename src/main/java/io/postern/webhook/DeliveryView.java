package io.postern.webhook;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How far a delivery is. */
@Schema(
        name = "WebhookDelivery",
        requiredProperties = {"id", "message", "type", "state", "attempts", "created_at"})
@RegisterForReflection
record DeliveryView(
        UUID id,

        @Schema(description = "The `webhook-id`: the same at each attempt, and for each endpoint")
        UUID message,

        String type,

        @Schema(
                description = """
                        - `waiting`: for its first attempt or its next one
                        - `delivered`: answered with 2xx
                        - `failed`: not within three days""",
                enumeration = {"waiting", "delivered", "failed"})
        String state,

        int attempts,

        @Schema(description = "The status of the last answer; absent where none came") @Nullable
        Integer lastStatus,

        @Schema(
                description = "Why the last attempt brought no answer",
                enumeration = {
                    "name_not_found",
                    "address_not_allowed",
                    "no_connection",
                    "tls_failed",
                    "timed_out",
                    "no_answer",
                    "internal_error"
                })
        @Nullable
        String lastError,

        Instant createdAt,

        @Nullable Instant attemptedAt,

        @Schema(description = "When the next attempt is due at the earliest") @Nullable
        Instant nextAttemptAt,

        @Nullable Instant endedAt) {

    /** A page, the newest first. */
    @Schema(name = "WebhookDeliveries", requiredProperties = "deliveries")
    @RegisterForReflection
    record Page(
            List<DeliveryView> deliveries,

            @Schema(description = "The `cursor` of the next page; absent on the last one") @Nullable
            String next) {}
}
