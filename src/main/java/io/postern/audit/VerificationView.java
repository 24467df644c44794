package io.postern.audit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a verification found. */
@Schema(
        name = "AuditVerification",
        requiredProperties = {"intact", "first", "verified", "head"})
@RegisterForReflection
record VerificationView(
        @Schema(description = "Whether every event is as it was sealed, and none is missing or was added")
        boolean intact,

        @Schema(description = "The sequence that it began with: what was before has been dropped by retention")
        long first,

        @Schema(description = "How many events are good, up to the end or to the first that is not")
        long verified,

        @Schema(
                description =
                        "Where the chain ends: the newest sequence and a code over everything up to there. Keep it outside"
                                + " of Postern, and give it as `known` the next time")
        String head,

        @Schema(description = "The first thing that is wrong; left out where nothing is") @Nullable
        Broken broken) {

    /** The first thing that is wrong. */
    @Schema(
            name = "AuditBreak",
            requiredProperties = {"kind", "sequence"})
    @RegisterForReflection
    record Broken(
            @Schema(
                    description = "What was done",
                    enumeration = {"changed", "missing", "inserted", "reordered", "tail_cut", "head_changed", "replaced"
                    })
            String kind,

            @Schema(description = "The place in the chain") long sequence,

            @Schema(description = "The `id` of the event that is there; left out where none is") @Nullable
            String event,

            @Nullable Instant at) {}

    static VerificationView of(Verification found) {
        var fault = found.fault();
        var broken = fault == null
                ? null
                : new Broken(
                        fault.kind().id(),
                        fault.sequence(),
                        fault.row() == null ? null : fault.row().toString(),
                        fault.at());
        return new VerificationView(
                found.isIntact(), found.first(), found.good(), found.head().toString(), broken);
    }
}
