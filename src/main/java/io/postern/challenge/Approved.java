package io.postern.challenge;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A challenge that was passed. */
@Schema(
        name = "Approved",
        requiredProperties = {"status", "verification_token"})
@RegisterForReflection
record Approved(
        @Schema(enumeration = "approved") String status,

        @Schema(description = "A signed JWT; the integration guide lists what to check of it")
        String verificationToken,

        @Schema(description = "After a recovery code: how many are left") @Nullable
        Integer recoveryCodesLeft) {

    static Approved with(String token, OptionalInt codesLeft) {
        return new Approved("approved", token, codesLeft.isPresent() ? codesLeft.getAsInt() : null);
    }
}
