package io.postern.code;

import io.postern.delivery.DeliveryState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A code that was sent. */
@Schema(
        name = "SentCode",
        requiredProperties = {"resend_after", "code_expires_at", "delivery"})
@RegisterForReflection
public record Sent(
        @Schema(description = "When the next one may be asked for")
        Instant resendAfter,

        @Schema(description = "When it ends: by its own life, or with the challenge or the pending factor")
        Instant codeExpiresAt,

        DeliveryState delivery) {}
