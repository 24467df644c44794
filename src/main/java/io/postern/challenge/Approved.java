package io.postern.challenge;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A challenge that was passed. */
@Schema(name = "Approved")
@RegisterForReflection
record Approved(
        @Schema(examples = "approved") String status,

        @Schema(
                description = "A JWT; check it as the integration guide says",
                examples = "eyJ0eXAiOiJwb3N0ZXJuLXZlcmlmaWNhdGlvbitqd3Qi…")
        String verificationToken) {

    static Approved with(String token) {
        return new Approved("approved", token);
    }
}
