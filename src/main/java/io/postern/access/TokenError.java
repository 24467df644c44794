package io.postern.access;

import io.postern.problem.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A refusal of the token endpoint in the form of RFC 6749 section 5.2. */
final class TokenError extends RuntimeException {

    final int status;
    final String error;
    final @Nullable Duration retryAfter;

    private TokenError(int status, String error, @Nullable Duration retryAfter) {
        super(error, null, false, false);
        this.status = status;
        this.error = error;
        this.retryAfter = retryAfter;
    }

    static TokenError invalidRequest() {
        return new TokenError(400, "invalid_request", null);
    }

    static TokenError unsupportedGrantType() {
        return new TokenError(400, "unsupported_grant_type", null);
    }

    static TokenError invalidScope() {
        return new TokenError(400, "invalid_scope", null);
    }

    static TokenError invalidClient() {
        return new TokenError(401, "invalid_client", null);
    }

    /** A delay or an outage: RFC 6749 has a word for it in section 4.1.2.1 only, which clients know. */
    static TokenError of(Problem problem) {
        return new TokenError(problem.code().status(), "temporarily_unavailable", problem.retryAfter());
    }
}
