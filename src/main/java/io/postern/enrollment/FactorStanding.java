package io.postern.enrollment;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A factor as the help desk is shown it: nothing secret, an address or number masked. */
// The document leaves out what stands beside allOf: so each part is a schema of its own.
@Schema(
        name = "FactorStanding",
        allOf = {FactorView.class, FactorStanding.Tries.class})
@RegisterForReflection
public record FactorStanding(
        @JsonUnwrapped @Schema(hidden = true) FactorView factor,
        @JsonUnwrapped @Schema(hidden = true) Tries tries) {

    /** How its tries went. */
    @Schema(name = "FactorTries", requiredProperties = "failures")
    @RegisterForReflection
    record Tries(
            @Schema(description = "Wrong codes since the last right one; a hundred lock it")
            int failures,

            @Schema(description = "When its first code was right; absent while it is pending") @Nullable
            Instant activatedAt) {}

    static FactorStanding of(FactorView view, EnrolledFactor row) {
        return new FactorStanding(view, new Tries(row.failures, row.activatedAt));
    }
}
