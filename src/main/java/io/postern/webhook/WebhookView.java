package io.postern.webhook;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An endpoint as it may be shown; the secret stands in the answer that made it and nowhere else. */
@Schema(
        name = "Webhook",
        requiredProperties = {"id", "url", "events", "enabled", "secrets", "created_at"})
@RegisterForReflection
record WebhookView(
        UUID id,
        String url,

        @Schema(description = "The types that are told; none: all")
        List<String> events,

        @Nullable String description,

        boolean enabled,

        @Schema(
                description =
                        "Why it is off: `operator`, its receiver answered 410 (`gone`), or it failed for three days"
                                + " (`failing`)",
                enumeration = {"operator", "gone", "failing"})
        @Nullable
        String offReason,

        @Schema(description = "Since when it is off") @Nullable
        Instant offAt,

        @Schema(description = "Since when no call has worked; absent while calls work") @Nullable
        Instant failingSince,

        @Schema(description = "The secrets that sign now, the newest first")
        List<WebhookSecrets.Times> secrets,

        @Schema(description = "In Base64 behind `whsec_`; shown this once") @Nullable
        String secret,

        Instant createdAt) {

    static WebhookView of(WebhookEndpoint row, List<WebhookSecrets.Times> secrets, @Nullable String secret) {
        return new WebhookView(
                row.id,
                row.url,
                Arrays.asList(row.events),
                row.description,
                row.enabled,
                row.offReason,
                row.offAt,
                row.failingSince,
                secrets,
                secret,
                row.createdAt);
    }

    /** Tells no secret. */
    @Override
    public String toString() {
        return "WebhookView[" + id + "]";
    }
}
