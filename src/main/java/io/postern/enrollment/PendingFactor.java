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
// The document leaves out what stands beside allOf: so each part is a schema of its own.
@Schema(
        name = "PendingFactor",
        allOf = {FactorView.class, TotpSetup.class, Sent.class, PendingFactor.Confirmation.class})
@RegisterForReflection
record PendingFactor(
        @JsonUnwrapped @Schema(hidden = true) FactorView factor,
        @JsonUnwrapped @Schema(hidden = true) @Nullable Setup setup,
        @JsonUnwrapped @Schema(hidden = true) @Nullable Sent sent,

        @JsonUnwrapped @Schema(hidden = true) @Nullable Confirmation confirmation,
        @JsonIgnore boolean confirmed) {

    /** A code that was sent to the registered address too. */
    @Schema(name = "ConfirmationSent")
    @RegisterForReflection
    record Confirmation(
            @Schema(
                    description =
                            "Where the policy asks for it before a first factor: the registered address, masked, whose code"
                                    + " the activation takes as `email_code`")
            @Nullable
            String confirmationSentTo) {}

    PendingFactor with(@Nullable Sent code, @Nullable String confirmationSentTo) {
        return new PendingFactor(factor, setup, code, new Confirmation(confirmationSentTo), confirmed);
    }

    static PendingFactor of(FactorView factor, @Nullable Sent code) {
        return new PendingFactor(factor, null, code, null, false);
    }
}
