package io.postern.operator;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An operator. */
@Schema(
        name = "Operator",
        requiredProperties = {"id", "name", "role", "created_at"})
@RegisterForReflection
record OperatorView(
        @Schema(description = "Also the id of the subject that holds their factors")
        UUID id,

        String name,
        OperatorRole role,

        @Schema(description = "Where they are told of changes of their factors") @Nullable
        String email,

        @Schema(
                description =
                        "Until when the one-time secret that was given last sets the password; absent without one")
        @Nullable
        Instant invitedUntil,

        @Schema(description = "Since when they can do nothing; absent while they can") @Nullable
        Instant suspendedSince,

        @Schema(description = "When they last signed in with both steps; absent before the first time") @Nullable
        Instant signedInAt,

        Instant createdAt) {

    static OperatorView of(Operator row, @Nullable String email) {
        return new OperatorView(
                row.id,
                row.name,
                row.held(),
                email,
                millis(row.invitationEndsAt),
                millis(row.suspendedAt),
                millis(row.signedInAt),
                row.createdAt.truncatedTo(ChronoUnit.MILLIS));
    }

    private static @Nullable Instant millis(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.MILLIS);
    }

    /** All of them. */
    @Schema(name = "Operators", requiredProperties = "operators")
    @RegisterForReflection
    record All(@Schema(description = "By their names") List<OperatorView> operators) {}

    /** An operator who is to set a password. */
    @Schema(
            name = "InvitedOperator",
            requiredProperties = {"operator", "invitation", "ends_at"})
    @RegisterForReflection
    record Invited(
            OperatorView operator,

            @Schema(
                    description =
                            "The one-time secret that sets the password, shown this once: pass it on, over a way that is theirs")
            String invitation,

            @Schema(description = "When it ends") Instant endsAt) {

        /** Tells no secret. */
        @Override
        public String toString() {
            return "Invited[" + operator.name() + "]";
        }
    }
}
