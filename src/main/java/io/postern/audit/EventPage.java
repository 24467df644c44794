package io.postern.audit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Some events of a search. */
@Schema(
        name = "AuditEvents",
        requiredProperties = {"events"})
@RegisterForReflection
record EventPage(
        @Schema(
                description =
                        "At most `limit`. May be fewer, or none, with more to come: a search looks through a bounded part of the"
                                + " trail at a time")
        List<EventView> events,

        @Schema(
                description =
                        "The `cursor` of the next page. Left out at the end; with `order=oldest` always there, and good"
                                + " for asking later for what was added")
        @Nullable
        String next) {}
