package io.postern.webhook;

import io.postern.input.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is changed of an endpoint; what is left out stays as it is. */
@Schema(name = "WebhookChange", additionalProperties = Schema.False.class)
record WebhookChange(
        @Text(max = Destination.MAX_URL)
        @Schema(
                description = "Where events are posted from now on, those that wait too",
                format = "uri",
                minLength = 1,
                maxLength = Destination.MAX_URL)
        @Nullable
        String url,

        @Size(max = MOST_EVENTS) @Schema(description = "The types that are told from now on; none: all") @Nullable
        List<@NotNull EventType> events,

        @Text(max = 200) @Schema(description = "What it is for", minLength = 1, maxLength = 200) @Nullable
        String description,

        @Schema(description = "`false`: nothing new is told and what waits is held; `true`: what waits goes out")
        @Nullable
        Boolean enabled) {

    /** In one list. */
    static final int MOST_EVENTS = 50;
}
