package io.postern.enrollment;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.postern.factor.Setup;
import io.postern.factor.recovery.RecoverySetup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A factor that its first code has activated, and the recovery codes that came with it, shown this once. */
@Schema(
        name = "ActivatedFactor",
        allOf = {FactorView.class, RecoverySetup.class})
@RegisterForReflection
record ActivatedFactor(
        @JsonUnwrapped @Schema(hidden = true) FactorView factor,
        @JsonUnwrapped @Schema(hidden = true) @Nullable Setup recoveryCodes) {}
