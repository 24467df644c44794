package io.postern.enrollment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.postern.code.Sent;
import io.postern.factor.Setup;
import io.postern.factor.totp.TotpSetup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A factor that awaits its first code: its state, what to set it up with, shown this once, and the code that was sent.
 *
 * @param confirmed whether its activation takes a code sent to the registered address too
 */
@Schema(
        name = "PendingFactor",
        allOf = {FactorView.class, TotpSetup.class, Sent.class})
@RegisterForReflection
record PendingFactor(
        @JsonUnwrapped @Schema(hidden = true) FactorView factor,
        @JsonUnwrapped @Schema(hidden = true) @Nullable Setup setup,
        @JsonUnwrapped @Schema(hidden = true) @Nullable Sent sent,

        @Schema(
                description =
                        "Where the policy asks for it before a first factor: the registered address, masked, whose code"
                                + " the activation takes as `email_code`")
        @Nullable
        String confirmationSentTo,

        @JsonIgnore boolean confirmed) {

    PendingFactor with(@Nullable Sent code, @Nullable String confirmation) {
        return new PendingFactor(factor, setup, code, confirmation, confirmed);
    }

    static PendingFactor of(FactorView factor, @Nullable Sent code) {
        return new PendingFactor(factor, null, code, null, false);
    }
}
