package io.postern.access;

import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.postern.embedded.KeyFiles;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.jwt.build.Jwt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.junit.jupiter.api.Test;

/** RULES A4: what is remembered of an access token outlives it by nothing. */
final class AccessTokenReaderTest {

    private static final String ISSUER = "http://postern.test";

    private final EllipticCurveJsonWebKey key = KeyFiles.signingKey("access-1");
    private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Instant end = start.plus(Duration.ofMinutes(10));
    private final AtomicReference<Instant> now = new AtomicReference<>(start);
    private final InstantSource time = now::get;
    private final AccessTokenReader reader = new AccessTokenReader(time.withZone(ZoneOffset.UTC));
    private final JWTAuthContextInfo context = new JWTAuthContextInfo(key.getPublicKey(), ISSUER);

    AccessTokenReaderTest() {
        context.setSignatureAlgorithm(Set.of(SignatureAlgorithm.ES256));
    }

    @Test
    void rememberedTokenEndsInTheSecondItNames() throws ParseException {
        var token = token();
        var first = reader.parse(token, context);
        now.set(end.minusMillis(1));
        assertSame(first, reader.parse(token, context), "it is remembered");

        now.set(end);

        assertThrows(ParseException.class, () -> reader.parse(token, context));
    }

    private String token() {
        return Jwt.issuer(ISSUER)
                .subject("demo-admin")
                .issuedAt(start)
                .expiresAt(end)
                .jws()
                .type(AccessTokens.TYPE)
                .keyId(key.getKeyId())
                .algorithm(SignatureAlgorithm.ES256)
                .sign(key.getPrivateKey());
    }
}
