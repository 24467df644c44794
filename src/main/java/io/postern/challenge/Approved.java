package io.postern.challenge;

import io.postern.device.Remembered;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
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
        Integer recoveryCodesLeft,

        @Schema(description = "When the computer is remembered: its id in the list of the person's devices") @Nullable
        UUID device,

        @Schema(
                description =
                        "When the computer is remembered: for its next sign-in, in a cookie of this person alone, in place of the"
                                + " one before")
        @Nullable
        String deviceToken,

        @Schema(description = "When the computer is remembered: until then, and no longer") @Nullable
        Instant rememberedUntil) {

    /** Tells no token. */
    @Override
    public String toString() {
        return "Approved[" + status + "]";
    }

    static Approved with(String token, OptionalInt codesLeft, Optional<Remembered> device) {
        return new Approved(
                "approved",
                token,
                codesLeft.isPresent() ? codesLeft.getAsInt() : null,
                device.map(Remembered::device).orElse(null),
                device.map(Remembered::token).orElse(null),
                device.map(Remembered::until).orElse(null));
    }
}
