package io.postern.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An event as it is shown. */
@Schema(
        name = "AuditEvent",
        requiredProperties = {"sequence", "id", "at", "type"})
@RegisterForReflection
record EventView(
        @Schema(description = "Its place in the application's chain: from 1, without a gap")
        long sequence,

        String id,
        Instant at,

        @Schema(description = "What happened, such as `factor_activated`")
        String type,

        @Schema(description = "The application's own id of the person; left out once the person is erased") @Nullable
        String subject,

        @Schema(description = "Stands for the person in the trail, and stays when the person is erased") @Nullable
        String pseudonym,

        @Nullable UUID factor,
        @Nullable String factorType,

        @Schema(description = "The id of the challenge; left out once the person is erased") @Nullable
        String challenge,

        @Schema(description = "The API client that called") @Nullable
        String client,

        @Schema(description = "Who acted for the person, such as a name at the help desk") @Nullable
        String actor,

        @Schema(description = "Why, in the actor's words") @Nullable
        String reason,

        @JsonRawValue
        @Schema(type = SchemaType.OBJECT, description = "What else belongs to an event of this type")
        @Nullable
        String details,

        @Schema(description = "The person's address, as the front end gave it") @Nullable
        String ip,

        @Schema(description = "The person's browser, as the front end gave it") @Nullable
        String userAgent) {}
