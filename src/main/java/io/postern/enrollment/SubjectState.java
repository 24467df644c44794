package io.postern.enrollment;

import io.postern.subject.SubjectRecord;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A subject and what protects it. */
@Schema(name = "Subject")
record SubjectState(
        @Schema(examples = "owner") String subject,
        @Schema(examples = "owner@example.com") @Nullable String email,
        @Schema(examples = "Owner") @Nullable String displayName,
        @Schema(examples = "en") @Nullable String locale,

        @Schema(
                enumeration = {"off", "on"},
                description = "On when a factor is active, usable now or not (RULES B2)")
        String twoFactor,

        List<FactorView> factors,
        Preferences preferences) {

    @Schema(name = "Preferences")
    record Preferences(boolean askEverySignIn) {}

    static SubjectState of(SubjectRecord subject, List<EnrolledFactor> factors) {
        var on = factors.stream().anyMatch(EnrolledFactor::isActive);
        return new SubjectState(
                subject.externalId(),
                subject.email(),
                subject.displayName(),
                subject.locale(),
                on ? "on" : "off",
                factors.stream().map(FactorView::of).toList(),
                new Preferences(subject.askEverySignIn()));
    }
}
