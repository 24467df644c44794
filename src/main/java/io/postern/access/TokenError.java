package io.postern.access;

/** A refusal of the token endpoint in the form of RFC 6749 section 5.2. */
final class TokenError extends RuntimeException {

    final int status;
    final String error;

    private TokenError(int status, String error) {
        super(error, null, false, false);
        this.status = status;
        this.error = error;
    }

    static TokenError invalidRequest() {
        return new TokenError(400, "invalid_request");
    }

    static TokenError unsupportedGrantType() {
        return new TokenError(400, "unsupported_grant_type");
    }

    static TokenError invalidScope() {
        return new TokenError(400, "invalid_scope");
    }

    static TokenError invalidClient() {
        return new TokenError(401, "invalid_client");
    }
}
