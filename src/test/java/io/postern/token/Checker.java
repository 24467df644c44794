package io.postern.token;

import io.postern.harness.Api;
import io.postern.harness.Postern;
import java.net.URI;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** Checks verification tokens as a front end does: with nothing but the published keys. */
public final class Checker {

    private final JwtConsumer consumer;

    private Checker(JsonWebKeySet keys, String application) {
        consumer = new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys.getJsonWebKeys()))
                .setJwsAlgorithmConstraints(
                        ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
                .setExpectedType(true, "postern-verification+jwt")
                .setExpectedIssuer(Postern.ISSUER.toString())
                .setExpectedAudience(application)
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setRequireJwtId()
                .setRequireSubject()
                .build();
    }

    /** A checker with the keys that a copy publishes now. */
    public static Checker reading(URI copy, String application) {
        return new Checker(published(copy), application);
    }

    /** The keys that a copy publishes now. */
    static JsonWebKeySet published(URI copy) {
        try {
            return new JsonWebKeySet(
                    Api.at(copy).get("/.well-known/jwks.json").expect(200).body());
        } catch (JoseException e) {
            throw new AssertionError(e);
        }
    }

    public JwtClaims check(String token) {
        try {
            return consumer.processToClaims(token);
        } catch (InvalidJwtException e) {
            throw new AssertionError("Refused: " + token, e);
        }
    }

    boolean refuses(String token) {
        try {
            consumer.processToClaims(token);
            return false;
        } catch (InvalidJwtException e) {
            return true;
        }
    }
}
