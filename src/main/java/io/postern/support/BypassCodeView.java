package io.postern.support;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import io.postern.factor.Setup;
import io.postern.factor.bypass.BypassSetup;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A bypass code as the help desk sees it; with the code itself when it was just drawn. */
// The document leaves out what stands beside allOf: so each part is a schema of its own.
@Schema(
        name = "BypassCode",
        allOf = {BypassCodeView.Standing.class, BypassSetup.class})
@RegisterForReflection
record BypassCodeView(
        @JsonUnwrapped @Schema(hidden = true) Standing standing,
        @JsonUnwrapped @Schema(hidden = true) @Nullable Setup shown) {

    /** Where a code stands that is not over. */
    @Schema(
            name = "BypassCodeStanding",
            requiredProperties = {"id", "status", "expires_at"})
    @RegisterForReflection
    record Standing(
            UUID id,
            Status status,

            @Schema(description = "When the code ends, or the time in which it can be approved")
            Instant expiresAt) {}

    @Schema(
            name = "BypassCodeStatus",
            enumeration = {"live", "awaiting_approval"},
            description = """
            - `live`: it is good once, until its end or a change of the person's factors
            - `awaiting_approval`: it is drawn when somebody else at the help desk approves it""")
    enum Status {
        LIVE,
        AWAITING_APPROVAL;

        @JsonValue
        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    boolean isLive() {
        return standing.status() == Status.LIVE;
    }

    /** Tells no code. */
    @Override
    public String toString() {
        return "BypassCodeView[" + standing.id() + "]";
    }
}
