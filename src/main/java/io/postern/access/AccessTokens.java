package io.postern.access;

import io.postern.application.ApiClient;
import io.postern.application.Scope;
import io.postern.crypto.KeyConfig;
import io.postern.crypto.SigningKeys;
import io.postern.token.IssuerConfig;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes access tokens: JWTs after RFC 9068, typed {@code at+jwt} and signed with keys of their own (RULES A4). */
@Singleton
public final class AccessTokens {

    static final String TYPE = "at+jwt";
    static final String APPLICATION = "application";
    public static final Duration LIFE = Duration.ofMinutes(10);
    private static final String AUDIENCE = "postern";

    private final SigningKeys keys;
    private final String issuer;
    private final Clock clock;

    AccessTokens(KeyConfig files, IssuerConfig config, Clock clock) {
        this.keys = new SigningKeys(files.accessFile());
        this.issuer = config.issuer();
        this.clock = clock;
    }

    String issue(ApiClient client, Set<Scope> scopes) {
        return sign(Jwt.issuer(issuer)
                .subject(client.id())
                .claim("client_id", client.id())
                .claim(APPLICATION, client.application())
                .claim("scope", text(scopes)));
    }

    /** The token of a person who runs Postern, who is their own {@code actor}. */
    public String issue(OperatorToken operator) {
        return sign(operator.claims(Jwt.issuer(issuer)));
    }

    private String sign(JwtClaimsBuilder claims) {
        var now = clock.instant();
        return claims.audience(AUDIENCE)
                .issuedAt(now)
                .expiresAt(now.plus(LIFE))
                .jws()
                .type(TYPE)
                .keyId(keys.signingId())
                .algorithm(SignatureAlgorithm.ES256)
                .sign(keys.signing());
    }

    /** The scopes as RFC 6749 section 3.3 writes them. */
    public static String text(Set<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::id).collect(Collectors.joining(" "));
    }
}
