package io.postern.challenge;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.postern.device.Remembered;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A challenge that was passed. */
@Schema(
        name = "Approved",
        allOf = RememberedView.class,
        requiredProperties = {"status", "verification_token"})
@RegisterForReflection
record Approved(
        @Schema(enumeration = "approved") String status,

        @Schema(description = "A signed JWT; the integration guide lists what to check of it")
        String verificationToken,

        @Schema(description = "After a recovery code: how many are left") @Nullable
        Integer recoveryCodesLeft,

        @JsonUnwrapped @Schema(hidden = true) @Nullable RememberedView device) {

    static Approved with(String token, OptionalInt codesLeft, Optional<Remembered> device) {
        return new Approved(
                "approved",
                token,
                codesLeft.isPresent() ? codesLeft.getAsInt() : null,
                device.map(RememberedView::of).orElse(null));
    }
}
