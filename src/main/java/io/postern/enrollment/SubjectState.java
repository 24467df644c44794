package io.postern.enrollment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.postern.subject.Preferences;
import io.postern.subject.SubjectRecord;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A subject and what protects it. */
@Schema(
        name = "Subject",
        requiredProperties = {"subject", "two_factor", "factors", "preferences"})
@RegisterForReflection
record SubjectState(
        @Schema(description = "The application's own id of the person")
        String subject,

        @Nullable String email,
        @Nullable String displayName,
        @Nullable String locale,

        @Schema(
                enumeration = {"off", "on"},
                description = "On when a factor is active or suspended, usable now or not, and in a freeze")
        String twoFactor,

        @Schema(description = "Active and pending ones, the default first")
        List<FactorView> factors,

        Preferences preferences,

        @Schema(
                description =
                        "Unused ones; absent while two-factor is off, 0 also for who has none yet, as after an import")
        @Nullable
        Integer recoveryCodesLeft,

        @Schema(description = "Whether the person has typed one to show that they kept them") @Nullable
        Boolean recoveryCodesConfirmed,

        @JsonInclude(JsonInclude.Include.ALWAYS)
        @Schema(
                nullable = true,
                description =
                        "When the delay after failed codes ends, told to GET; null while there is none, or none is known"
                                + " because Redis does not answer")
        @Nullable
        Instant lockedUntil,

        @Schema(
                description =
                        "Since when nothing can be added, because a change was disowned; absent while there is no freeze."
                                + " Only the help desk lifts it")
        @Nullable
        Instant frozenSince) {

    static SubjectState of(
            SubjectRecord subject, boolean on, List<FactorView> factors, Optional<RecoveryCodes.State> codes) {
        return new SubjectState(
                subject.externalId(),
                subject.email(),
                subject.displayName(),
                subject.locale(),
                on ? "on" : "off",
                factors,
                new Preferences(subject.askEverySignIn()),
                codes.map(RecoveryCodes.State::left).orElse(on ? 0 : null),
                codes.map(RecoveryCodes.State::confirmed).orElse(null),
                null,
                subject.frozenSince());
    }

    SubjectState lockedUntil(@Nullable Instant end) {
        return new SubjectState(
                subject,
                email,
                displayName,
                locale,
                twoFactor,
                factors,
                preferences,
                recoveryCodesLeft,
                recoveryCodesConfirmed,
                end,
                frozenSince);
    }
}
