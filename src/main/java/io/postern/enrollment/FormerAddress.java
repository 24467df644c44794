package io.postern.enrollment;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An address that another one has replaced, and that still hears of changes (RULES F6). */
@Schema(
        name = "FormerAddress",
        requiredProperties = {"address", "replaced_at", "ends_at"})
@RegisterForReflection
record FormerAddress(
        String address,

        @Schema(description = "When another one was registered")
        Instant replacedAt,

        @Schema(description = "Until when it hears of changes")
        Instant endsAt) {

    /** Tells no address. */
    @Override
    public String toString() {
        return "FormerAddress[…]";
    }
}
