package io.postern.challenge;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A challenge that was passed. */
@Schema(
        name = "Approved",
        requiredProperties = {"status", "verification_token"})
@RegisterForReflection
record Approved(
        @Schema(enumeration = "approved") String status,

        @Schema(description = "A signed JWT; the integration guide lists what to check of it")
        String verificationToken) {

    static Approved with(String token) {
        return new Approved("approved", token);
    }
}
