package io.postern.audit;

import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What to verify. */
@Schema(name = "AuditVerificationRequest", additionalProperties = Schema.False.class)
record VerificationRequest(
        @Pattern(regexp = "\\d{1,18}\\.[A-Za-z0-9_-]{43}", message = "must be the head of an earlier verification")
        @Schema(
                description =
                        "The `head` of an earlier verification. The chain must still hold it: one that was replaced as a whole, or"
                                + " set back with all that belongs to it, shows by this alone")
        @Nullable
        String known) {}
