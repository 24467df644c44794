package io.postern.administration;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An application. */
@Schema(
        name = "Application",
        requiredProperties = {"id", "name", "return_addresses", "created_at"})
@RegisterForReflection
record ApplicationView(
        @Schema(description = "Also the audience of its verification tokens")
        String id,

        @Schema(description = "As people read it, also in their authenticator apps")
        String name,

        @Schema(description = "Where hosted pages may send a browser back to, compared character by character")
        List<String> returnAddresses,

        @Schema(description = "Since when nothing is verified or changed for it; absent while it is not suspended")
        @Nullable
        Instant suspendedSince,

        Instant createdAt) {

    static ApplicationView of(ManagedApplication row) {
        return new ApplicationView(
                row.id,
                row.name,
                List.copyOf(row.returnAddresses),
                row.suspendedAt == null ? null : row.suspendedAt.truncatedTo(ChronoUnit.MILLIS),
                row.createdAt.truncatedTo(ChronoUnit.MILLIS));
    }

    /** Some of the applications. */
    @Schema(name = "Applications", requiredProperties = "applications")
    @RegisterForReflection
    record Page(
            @Schema(description = "By their ids") List<ApplicationView> applications,

            @Schema(description = "The `cursor` of what follows; absent at the end") @Nullable
            String next) {}
}
