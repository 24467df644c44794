package io.postern.enrollment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.postern.subject.Preferences;
import io.postern.subject.SubjectRecord;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
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
                description = "On when a factor is active, usable now or not")
        String twoFactor,

        @Schema(description = "Active and pending ones, the default first")
        List<FactorView> factors,

        Preferences preferences,

        @JsonInclude(JsonInclude.Include.ALWAYS)
        @Schema(
                description =
                        "When the delay after failed codes ends, told to GET; null while there is none, or none is known"
                                + " because Redis does not answer")
        @Nullable
        Instant lockedUntil) {

    static SubjectState of(SubjectRecord subject, List<EnrolledFactor> factors) {
        var on = factors.stream().anyMatch(EnrolledFactor::isActive);
        return new SubjectState(
                subject.externalId(),
                subject.email(),
                subject.displayName(),
                subject.locale(),
                on ? "on" : "off",
                factors.stream().map(FactorView::of).toList(),
                new Preferences(subject.askEverySignIn()),
                null);
    }

    SubjectState lockedUntil(@Nullable Instant end) {
        return new SubjectState(subject, email, displayName, locale, twoFactor, factors, preferences, end);
    }
}
