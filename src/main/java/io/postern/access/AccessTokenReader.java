package io.postern.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.time.Clock;
import java.time.Duration;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;

/**
 * Reads access tokens. One that was found good is remembered until it ends, for its signature does not change; the check of
 * a signature costs many times what a look-up does. A token of another type is refused whatever its keys, and one that has
 * ended is refused in that second (RULES A4).
 */
@Alternative
@Priority(1)
@ApplicationScoped
class AccessTokenReader extends JWTCallerPrincipalFactory {

    private static final int MOST = 10_000;

    private final JWTCallerPrincipalFactory parser = new DefaultJWTCallerPrincipalFactory();
    private final Cache<String, JWTCallerPrincipal> good;
    private final Clock clock;

    AccessTokenReader(Clock clock) {
        this.clock = clock;
        good = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfter(Expiry.creating((String token, JWTCallerPrincipal principal) ->
                        Duration.ofSeconds(Math.max(0, left(principal)))))
                .build();
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo context) throws ParseException {
        var known = good.getIfPresent(token);
        if (known != null) {
            requireAlive(known);
            return known;
        }
        var principal = parser.parse(token, context);
        requireType(token);
        requireAlive(principal);
        good.put(token, principal);
        return principal;
    }

    /** The parser lets a token live a minute past its end, and that cannot be set to nothing. */
    private void requireAlive(JWTCallerPrincipal principal) throws ParseException {
        if (left(principal) <= 0) {
            throw new ParseException("ended");
        }
    }

    private long left(JWTCallerPrincipal principal) {
        return principal.getExpirationTime() - clock.instant().getEpochSecond();
    }

    private static void requireType(String token) throws ParseException {
        try {
            var type = JsonWebStructure.fromCompactSerialization(token).getHeader("typ");
            if (!AccessTokens.TYPE.equals(type)) {
                throw new ParseException("not an access token");
            }
        } catch (JoseException e) {
            throw new ParseException("not a JWT", e);
        }
    }
}
