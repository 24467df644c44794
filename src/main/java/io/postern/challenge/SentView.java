package io.postern.challenge;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.postern.code.Sent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A code on its way. */
// The document leaves out what stands beside allOf: so each part is a schema of its own.
@Schema(
        name = "SentTo",
        allOf = {SentView.Where.class, Sent.class})
@RegisterForReflection
public record SentView(
        @JsonUnwrapped @Schema(hidden = true) Where where,
        @JsonUnwrapped @Schema(hidden = true) Sent sent) {

    SentView(String destination, Sent sent) {
        this(new Where(destination), sent);
    }

    /** Its destination. */
    @Schema(
            name = "SentDestination",
            requiredProperties = {"destination", "resend_after", "code_expires_at", "delivery", "queued_at"})
    @RegisterForReflection
    record Where(
            @Schema(description = "Where it goes, masked") String destination) {}
}
