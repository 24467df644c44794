package io.postern.webhook;

import io.postern.input.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What makes an endpoint. */
@Schema(name = "NewWebhook", additionalProperties = Schema.False.class)
record NewWebhook(
        @NotNull
        @Text(max = Destination.MAX_URL)
        @Schema(
                description =
                        "Where events are posted: HTTPS, without credentials, to a public address. Keep secrets out"
                                + " of it, for it is shown",
                format = "uri",
                minLength = 1,
                maxLength = Destination.MAX_URL)
        String url,

        @Size(max = WebhookChange.MOST_EVENTS)
        @Schema(description = "The types that are told; none, or left out: all, those of later versions too")
        @Nullable
        List<@NotNull EventType> events,

        @Text(max = 200) @Schema(description = "What it is for", minLength = 1, maxLength = 200) @Nullable
        String description) {}
