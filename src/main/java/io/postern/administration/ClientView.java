package io.postern.administration;

import io.postern.application.Scope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An API client with its secrets, which are not shown. */
@Schema(
        name = "ApiClient",
        requiredProperties = {"id", "scopes", "secrets", "created_at"})
@RegisterForReflection
record ClientView(
        @Schema(description = "The user name at the token endpoint")
        String id,

        @Schema(description = "What people call it; absent for a client of the configuration") @Nullable
        String label,

        List<Scope> scopes,

        @Schema(description = "Those that are good now, the oldest first; at most two")
        List<Secret> secrets,

        Instant createdAt) {

    static ClientView of(ManagedClient row, List<ManagedSecret> secrets) {
        return new ClientView(
                row.id,
                row.label,
                row.held().stream().sorted().toList(),
                secrets.stream().map(Secret::of).toList(),
                row.createdAt.truncatedTo(ChronoUnit.MILLIS));
    }

    /** A secret, by its id. */
    @Schema(
            name = "ClientSecret",
            requiredProperties = {"id", "created_at"})
    @RegisterForReflection
    record Secret(
            String id,
            Instant createdAt,

            @Schema(description = "Until when it is good; absent where it has no end") @Nullable
            Instant expiresAt) {

        static Secret of(ManagedSecret row) {
            return new Secret(
                    row.id.toString(),
                    row.createdAt.truncatedTo(ChronoUnit.MILLIS),
                    row.expiresAt == null ? null : row.expiresAt.truncatedTo(ChronoUnit.MILLIS));
        }
    }

    /** A secret that was just made, shown this once. */
    @Schema(
            name = "NewClientSecret",
            requiredProperties = {"id", "secret", "created_at"})
    @RegisterForReflection
    record NewSecret(
            String id,

            @Schema(description = "256 random bits; shown this once")
            String secret,

            Instant createdAt) {

        /** Tells no secret. */
        @Override
        public String toString() {
            return "NewSecret[" + id + "]";
        }
    }

    /** All clients of an application. */
    @Schema(name = "ApiClients", requiredProperties = "clients")
    @RegisterForReflection
    record All(@Schema(description = "The oldest first") List<ClientView> clients) {}
}
