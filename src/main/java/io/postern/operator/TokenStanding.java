package io.postern.operator;

import io.postern.access.OperatorToken;
import io.postern.application.Scope;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Judges the access token of an operator at each call, by Postgres: one who was suspended, reset or given another role opens
 * nothing from that moment on, by any copy (RULES A4). Tokens of API clients pass as they are, without a read.
 *
 * <p>What an operator may do for their own factors is no scope of the token. It is added here, on paths of their own alone: a
 * path that is not known adds nothing. With a password alone it is the way to a first factor, while there is none.
 */
@Singleton
final class TokenStanding implements SecurityIdentityAugmentor {

    private static final Pattern CHALLENGES = Pattern.compile("/v1/challenges(/[A-Za-z0-9_-]+(/(send|verify))?)?");
    private static final Pattern OWN = Pattern.compile("(/(factors|recovery-codes)(/[a-z0-9-]+){0,2})?");
    private static final Pattern FIRST_FACTOR =
            Pattern.compile("/factors(/[a-z0-9-]+(/(activate|send|send-confirmation))?)?");

    private final OperatorRows rows;

    TokenStanding(OperatorRows rows) {
        this.rows = rows;
    }

    @Override
    public Uni<SecurityIdentity> augment(
            SecurityIdentity identity, AuthenticationRequestContext context, Map<String, Object> attributes) {
        if (!(identity.getPrincipal() instanceof JsonWebToken jwt)) {
            return Uni.createFrom().item(identity);
        }
        var token = OperatorToken.of(jwt);
        if (token.isEmpty()) {
            return Uni.createFrom().item(identity);
        }
        var request = HttpSecurityUtils.getRoutingContextAttribute(attributes).request();
        return context.runBlocking(() -> judge(identity, token.get(), request));
    }

    /** Without the request nothing can be judged. */
    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (identity.getPrincipal() instanceof JsonWebToken jwt
                && OperatorToken.of(jwt).isPresent()) {
            throw new AuthenticationFailedException();
        }
        return Uni.createFrom().item(identity);
    }

    private SecurityIdentity judge(SecurityIdentity identity, OperatorToken token, HttpServerRequest request) {
        var standing = rows.standing(token.operator(), token.version(), false)
                .filter(now -> !token.enrolling() || !now.hasFactor())
                .orElseThrow(AuthenticationFailedException::new);
        if (!standing.role().scopes().containsAll(token.scopes())) {
            throw new AuthenticationFailedException();
        }
        var path = Objects.requireNonNullElse(request.path(), "");
        var own = "/v1/subjects/" + token.operator();
        var rest = path.startsWith(own) ? path.substring(own.length()) : "-";
        var more = token.enrolling() ? toEnroll(request, rest) : forThemselves(path, rest);
        return more.isEmpty()
                ? identity
                : QuarkusSecurityIdentity.builder(identity).addRoles(more).build();
    }

    private static Set<String> toEnroll(HttpServerRequest request, String rest) {
        var method = request.method().name();
        boolean known = method.equals("GET") || method.equals("POST");
        return known && FIRST_FACTOR.matcher(rest).matches() ? Set.of(Scope.ENROLL_ID) : Set.of();
    }

    private static Set<String> forThemselves(String path, String rest) {
        if (OWN.matcher(rest).matches()) {
            return Set.of(Scope.ENROLL_ID);
        }
        return CHALLENGES.matcher(path).matches() ? Set.of(Scope.VERIFY_ID) : Set.of();
    }
}
