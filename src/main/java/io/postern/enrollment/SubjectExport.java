package io.postern.enrollment;

import io.postern.audit.TrailEntry;
import io.postern.device.DeviceView;
import io.postern.reversal.HeldChange;
import io.postern.subject.Preferences;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** All that is held of a person, for themselves: addresses and numbers in full, never a secret and never a hash. */
@Schema(
        name = "SubjectExport",
        requiredProperties = {
            "subject",
            "exported_at",
            "registration",
            "preferences",
            "two_factor",
            "factors",
            "devices",
            "former_addresses",
            "changes",
            "awaited_codes",
            "audit_events"
        })
@RegisterForReflection
record SubjectExport(
        String subject,
        Instant exportedAt,
        Registered registration,
        Preferences preferences,
        @Schema(enumeration = {"off", "on"}) String twoFactor,

        @Schema(
                description =
                        "Recovery codes are one of them, and a bypass code. `removed` ones are kept for seven days, in which their removal can be"
                                + " disowned")
        List<HeldFactor> factors,

        @Schema(description = "Computers that passed the second step")
        List<DeviceView> devices,

        @Schema(description = "Those that another one has replaced in the last 30 days, and that still hear of changes")
        List<FormerAddress> formerAddresses,

        @Schema(description = "Those of the last seven days, which can be disowned, the oldest first")
        List<HeldChange> changes,

        @Schema(description = "Bypass codes that the help desk wants for the person, not approved yet")
        List<AwaitedCodes.AwaitedCode> awaitedCodes,

        @Schema(description = "The oldest first") List<TrailEntry> auditEvents) {

    /** Tells nothing of the person. */
    @Override
    public String toString() {
        return "SubjectExport[…]";
    }

    /** What the application told of the person. */
    @Schema(
            name = "HeldRegistration",
            requiredProperties = {"created_at", "updated_at"})
    @RegisterForReflection
    record Registered(
            @Nullable String email,
            @Nullable String displayName,
            @Nullable String locale,
            @Nullable Instant frozenSince,
            Instant createdAt,
            Instant updatedAt) {}

    /** A factor with all that is known of it but its secret. */
    @Schema(
            name = "HeldFactor",
            requiredProperties = {"factor", "failures"})
    @RegisterForReflection
    record HeldFactor(
            FactorView factor,

            @Schema(description = "Where codes go, in full; absent where none are sent") @Nullable
            String destination,

            @Nullable Instant activatedAt,

            @Schema(description = "When recovery codes were shown to be kept") @Nullable
            Instant confirmedAt,

            @Schema(description = "Unused recovery codes") @Nullable
            Integer codesLeft,

            @Schema(description = "Wrong codes since the last right one")
            int failures) {}
}
