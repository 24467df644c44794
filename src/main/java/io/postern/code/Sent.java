package io.postern.code;

import io.postern.delivery.DeliveryState;
import io.postern.delivery.Progress;
import io.postern.delivery.Progress.Handover;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A code that was sent. */
// What is always there is required where a code is always sent: it is a part of answers that may come without.
@Schema(name = "SentCode")
@RegisterForReflection
public record Sent(
        @Schema(description = "When the next one may be asked for")
        Instant resendAfter,

        @Schema(description = "When it ends: by its own life, or with the challenge or the pending factor")
        Instant codeExpiresAt,

        DeliveryState delivery,

        @Schema(description = "When its message was queued") Instant queuedAt,

        @Schema(description = "When the mail server or the SMS provider had taken it; absent until then") @Nullable
        Instant sentAt,

        @Schema(
                description =
                        "How long the mail server or the SMS provider took to take it, in milliseconds, without failed tries"
                                + " before; comes with `sent_at`",
                minimum = "0")
        @Nullable
        Long providerMs) {

    static Sent queued(Instant resendAfter, Instant codeExpiresAt, Instant queuedAt) {
        return new Sent(resendAfter, codeExpiresAt, DeliveryState.QUEUED, queuedAt, null, null);
    }

    static Sent of(Instant resendAfter, Instant codeExpiresAt, Progress progress) {
        return new Sent(
                resendAfter,
                codeExpiresAt,
                progress.state(),
                progress.queuedAt(),
                progress.handover().map(Handover::at).orElse(null),
                progress.handover().map(taken -> taken.took().toMillis()).orElse(null));
    }
}
