package io.postern.sending;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the limit of ten messages an hour leaves a subject (RULES E1). */
@Schema(name = "SendsLeft", requiredProperties = "left")
@RegisterForReflection
public record SendsLeft(
        @Schema(description = "Messages with a code that may go out now, 0 to 10")
        int left,

        @Schema(description = "When one may again; absent while one may now") @Nullable
        Instant nextAt) {}
