package io.postern.enrollment;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.postern.factor.Setup;
import io.postern.factor.totp.TotpSetup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A factor that has just begun: its state, and what to set it up with, shown this once. */
@Schema(
        name = "PendingFactor",
        allOf = {FactorView.class, TotpSetup.class})
@RegisterForReflection
record PendingFactor(
        @JsonUnwrapped @Schema(hidden = true) FactorView factor,
        @JsonUnwrapped @Schema(hidden = true) @Nullable Setup setup) {}
