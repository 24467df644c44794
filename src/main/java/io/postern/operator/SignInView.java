package io.postern.operator;

import io.postern.access.AccessTokens;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An access token for an operator, and what it is for. */
@Schema(
        name = "OperatorSignIn",
        requiredProperties = {"status", "operator", "name", "role", "access_token", "token_type", "expires_in"})
@RegisterForReflection
record SignInView(
        @Schema(
                description = """
                - `approved`: both steps are done
                - `enrollment_required`: there is no second factor yet; the token opens the way to a first one, at
                  `/v1/subjects/{operator}/factors`, and nothing else""",
                enumeration = {"approved", "enrollment_required"})
        String status,

        @Schema(description = "The operator's id, and that of the subject that holds their factors")
        UUID operator,

        String name,
        OperatorRole role,

        @Schema(description = "For `Authorization: Bearer`; any change of the operator ends it at once")
        String accessToken,

        @Schema(enumeration = "Bearer") String tokenType,

        @Schema(description = "In seconds") long expiresIn,

        @Schema(description = "The scopes of the role, separated by spaces; absent where there are none") @Nullable
        String scope,

        @Schema(description = "After a recovery code: how many are left") @Nullable
        Integer recoveryCodesLeft) {

    static SignInView approved(Operator row, String token, @Nullable Integer codesLeft) {
        return of("approved", row, token, AccessTokens.text(row.held().scopes()), codesLeft);
    }

    static SignInView enrollmentRequired(Operator row, String token) {
        return of("enrollment_required", row, token, null, null);
    }

    private static SignInView of(
            String status, Operator row, String token, @Nullable String scope, @Nullable Integer codesLeft) {
        return new SignInView(
                status, row.id, row.name, row.held(), token, "Bearer", AccessTokens.LIFE.toSeconds(), scope, codesLeft);
    }

    /** Tells no token. */
    @Override
    public String toString() {
        return "SignInView[" + status + "]";
    }
}
