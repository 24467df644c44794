package io.postern.access;

import io.postern.application.Applications;
import io.postern.application.Scope;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * What the access token of an operator says. No API client has such a token: the claim {@code operator} is written here alone,
 * and ids of clients have no colon, which the {@code sub} of an operator has.
 *
 * @param name the {@code actor} of all that is done with it
 * @param version of the operator when it was given; any change of the operator ends it
 * @param scopes of the role; none for one that is to enroll a first factor only
 * @param enrolling whether it opens nothing but the way to a first factor
 */
public record OperatorToken(UUID operator, String name, long version, Set<Scope> scopes, boolean enrolling) {

    private static final String OPERATOR = "operator";
    private static final String ACTOR = "actor";
    private static final String VERSION = "operator_version";
    private static final String ENROLLING = "enrolling";

    /** Empty for the token of an API client. */
    public static Optional<OperatorToken> of(JsonWebToken token) {
        String operator = token.getClaim(OPERATOR);
        if (operator == null) {
            return Optional.empty();
        }
        var scopes = token.getGroups().stream()
                .flatMap(group -> Scope.of(group).stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
        Object version = token.getClaim(VERSION);
        return Optional.of(new OperatorToken(
                UUID.fromString(operator),
                token.getClaim(ACTOR),
                Long.parseLong(version.toString()),
                scopes,
                token.containsClaim(ENROLLING)));
    }

    /** What audit trail and idempotency know the operator by, where API clients have their id. */
    public static String client(UUID operator) {
        return OPERATOR + ":" + operator;
    }

    JwtClaimsBuilder claims(JwtClaimsBuilder builder) {
        builder.subject(client(operator))
                .claim("client_id", Applications.CONSOLE)
                .claim(AccessTokens.APPLICATION, Applications.CONSOLE)
                .claim(OPERATOR, operator.toString())
                .claim(ACTOR, name)
                .claim(VERSION, version)
                .claim("scope", AccessTokens.text(scopes));
        return enrolling ? builder.claim(ENROLLING, true) : builder;
    }
}
