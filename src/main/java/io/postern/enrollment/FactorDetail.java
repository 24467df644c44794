package io.postern.enrollment;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.postern.code.Sent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** One factor, and while it is pending what became of its codes. */
// The document leaves out what stands beside allOf: so each part is a schema of its own.
@Schema(
        name = "FactorDetail",
        allOf = {FactorView.class, FactorDetail.Codes.class})
@RegisterForReflection
record FactorDetail(
        @JsonUnwrapped @Schema(hidden = true) FactorView factor,
        @JsonUnwrapped @Schema(hidden = true) Codes codes) {

    FactorDetail(FactorView factor, @Nullable Sent sent, @Nullable Sent confirmationSent) {
        this(factor, new Codes(sent, confirmationSent));
    }

    /** What became of the codes of a pending factor. */
    @Schema(name = "FirstCodes")
    @RegisterForReflection
    record Codes(
            @Schema(
                    description =
                            "Of a pending factor whose code is sent: what became of the newest one; absent also while Redis"
                                    + " does not answer")
            @Nullable
            Sent sent,

            @Schema(
                    description =
                            "Of a pending factor whose activation takes a code sent to the registered address too: what became"
                                    + " of the newest one")
            @Nullable
            Sent confirmationSent) {}
}
