package io.postern.access;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who makes the current call. Everything that a call reads or changes is bound to {@link #application()}. */
@Singleton
public final class Caller {

    private final JsonWebToken token;

    public Caller(JsonWebToken token) {
        this.token = token;
    }

    /** The id of the application that the API client belongs to. */
    public String application() {
        return token.getClaim(AccessTokens.APPLICATION);
    }

    /** The id of the API client. */
    public String client() {
        return token.getSubject();
    }
}
