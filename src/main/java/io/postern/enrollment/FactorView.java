package io.postern.enrollment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.postern.factor.FactorType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A factor as it may be shown at any time: nothing secret. */
@Schema(
        name = "Factor",
        requiredProperties = {"id", "type", "status", "label", "default", "created_at"})
@RegisterForReflection
record FactorView(
        String id,
        FactorType type,

        @Schema(
                enumeration = {"pending", "active", "suspended", "removed"},
                description = "The last two in an export alone")
        String status,

        @Schema(description = "How the person calls it") String label,

        @JsonProperty("default") @Schema(description = "Offered first")
        boolean defaultFactor,

        @Schema(description = "Where codes go, masked; absent where none are sent") @Nullable
        String destination,

        @Schema(description = "When it was locked after a hundred failures in a row; absent while it is not") @Nullable
        Instant lockedAt,

        Instant createdAt,

        @Schema(description = "When it last approved a challenge") @Nullable
        Instant lastUsedAt,

        @Schema(description = "When a pending factor ends") @Nullable
        Instant expiresAt) {

    @JsonIgnore
    boolean isPending() {
        return EnrolledFactor.PENDING.equals(status);
    }

    static FactorView of(EnrolledFactor factor, @Nullable String destination) {
        return new FactorView(
                factor.id.toString(),
                factor.type(),
                factor.status,
                factor.label,
                factor.defaultFactor,
                destination,
                factor.lockedAt,
                factor.createdAt,
                factor.lastUsedAt,
                factor.expiresAt);
    }
}
