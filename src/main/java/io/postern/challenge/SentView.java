package io.postern.challenge;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.postern.code.Sent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A code on its way. */
@Schema(name = "SentTo", allOf = Sent.class, requiredProperties = "destination")
@RegisterForReflection
record SentView(
        @Schema(description = "Where it goes, masked") String destination,

        @JsonUnwrapped @Schema(hidden = true) Sent sent) {}
