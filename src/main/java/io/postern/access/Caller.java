package io.postern.access;

import io.postern.application.Scope;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** What the access token was given for, which may be less than the client has. */
    public Set<Scope> scopes() {
        return token.getGroups().stream()
                .flatMap(group -> Scope.of(group).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
