package io.postern.enrollment;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.postern.code.Sent;
import io.postern.factor.Setup;
import io.postern.factor.totp.TotpSetup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A factor that awaits its first code: its state, what to set it up with, shown this once, and the code that was sent. */
@Schema(
        name = "PendingFactor",
        allOf = {FactorView.class, TotpSetup.class, Sent.class})
@RegisterForReflection
record PendingFactor(
        @JsonUnwrapped @Schema(hidden = true) FactorView factor,
        @JsonUnwrapped @Schema(hidden = true) @Nullable Setup setup,
        @JsonUnwrapped @Schema(hidden = true) @Nullable Sent sent) {

    PendingFactor with(Sent code) {
        return new PendingFactor(factor, setup, code);
    }
}
