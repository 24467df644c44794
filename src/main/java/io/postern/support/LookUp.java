package io.postern.support;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.postern.audit.TrailEntry;
import io.postern.device.DeviceView;
import io.postern.enrollment.FactorStanding;
import io.postern.enrollment.SubjectStanding;
import io.postern.sending.SendsLeft;
import io.postern.subject.Preferences;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How things stand with a person: nothing secret, addresses and numbers masked. */
@Schema(
        name = "LookUp",
        requiredProperties = {
            "subject",
            "two_factor",
            "factors",
            "preferences",
            "delayed_until",
            "devices",
            "audit_events"
        })
@RegisterForReflection
record LookUp(
        @Schema(description = "The application's own id of the person")
        String subject,

        @Schema(description = "Masked") @Nullable String email,
        @Nullable String displayName,
        @Nullable String locale,

        @Schema(
                enumeration = {"off", "on"},
                description = "On when a factor is active or suspended, usable now or not, and in a freeze")
        String twoFactor,

        @Schema(description = "Active and pending ones, the default first, and suspended ones")
        List<FactorStanding> factors,

        Preferences preferences,

        @Schema(description = "Unused ones; absent where there are none") @Nullable
        Integer recoveryCodesLeft,

        @Schema(description = "Whether the person has typed one to show that they kept them") @Nullable
        Boolean recoveryCodesConfirmed,

        @JsonInclude(JsonInclude.Include.ALWAYS)
        @Schema(
                nullable = true,
                description =
                        "When the delay after failed codes ends; null while there is none, or none is known because Redis"
                                + " does not answer. Nobody can lift it; recovery codes and bypass codes are not delayed")
        @Nullable
        Instant delayedUntil,

        @Schema(
                description =
                        "Since when nothing can be added, because a change was disowned; absent while there is no freeze")
        @Nullable
        Instant frozenSince,

        @Schema(description = "Messages that may go out; absent while Redis does not answer") @Nullable
        SendsLeft sends,

        @Schema(description = "Remembered computers that need no second step at the next sign-in")
        List<DeviceView> devices,

        @Schema(description = "The bypass code that is good now or awaits its approval; absent where there is none")
        BypassCodeView.@Nullable Standing bypassCode,

        @Schema(description = "The latest twenty, the newest first")
        List<TrailEntry> auditEvents) {

    static LookUp of(
            SubjectStanding standing,
            List<DeviceView> devices,
            BypassCodeView.@Nullable Standing bypassCode,
            List<TrailEntry> events) {
        return new LookUp(
                standing.record().externalId(),
                standing.email(),
                standing.record().displayName(),
                standing.record().locale(),
                standing.on() ? "on" : "off",
                standing.factors(),
                standing.preferences(),
                standing.recoveryCodesLeft(),
                standing.recoveryCodesConfirmed(),
                null,
                standing.record().frozenSince(),
                null,
                devices,
                bypassCode,
                events);
    }

    /** With what Redis alone knows. */
    LookUp with(@Nullable Instant delay, @Nullable SendsLeft left) {
        return new LookUp(
                subject,
                email,
                displayName,
                locale,
                twoFactor,
                factors,
                preferences,
                recoveryCodesLeft,
                recoveryCodesConfirmed,
                delay,
                frozenSince,
                left,
                devices,
                bypassCode,
                auditEvents);
    }

    /** Tells nothing of the person. */
    @Override
    public String toString() {
        return "LookUp[…]";
    }
}
