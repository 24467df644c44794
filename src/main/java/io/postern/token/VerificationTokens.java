package io.postern.token;

import io.postern.crypto.KeyConfig;
import io.postern.crypto.SigningKeys;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.Validator;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;

/**
 * Makes and reads verification tokens: JWTs (RFC 7519) signed with ES256, the algorithm pinned (RFC 8725 section 3.1),
 * typed so that no other token can be taken for one (section 3.11), good for five minutes (RULES A3).
 */
@Singleton
public final class VerificationTokens {

    static final String TYPE = "postern-verification+jwt";
    static final String VERSION = "subject_version";
    private static final List<String> CLAIMS = List.of("auth_time", "amr", "acr", "purpose", VERSION);
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final SigningKeys keys;
    private final String issuer;
    private final JwtConsumer consumer;

    VerificationTokens(KeyConfig files, IssuerConfig config) {
        keys = new SigningKeys(files.verificationFile());
        issuer = config.issuer();
        consumer = new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys.all()))
                .setJwsAlgorithmConstraints(
                        AlgorithmConstraints.ConstraintType.PERMIT,
                        AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
                .setExpectedType(true, TYPE)
                .setExpectedIssuer(issuer)
                .setSkipDefaultAudienceValidation()
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setRequireJwtId()
                .setRequireSubject()
                .registerValidator((Validator) context ->
                        context.getJwtClaims().getClaimNames().containsAll(CLAIMS) ? null : "A claim is missing")
                .build();
    }

    /** The token that says the challenge was approved. */
    public String issue(Approval approval) {
        var claims = Jwt.issuer(issuer)
                .audience(approval.application())
                .subject(approval.subject())
                .issuedAt(approval.provenAt())
                .expiresAt(approval.provenAt().plus(LIFE))
                .claim("auth_time", approval.provenAt().getEpochSecond())
                .claim("amr", approval.factor().methods())
                .claim("acr", approval.factor().level().acr())
                .claim("challenge", approval.challenge())
                .claim("purpose", approval.purpose().id())
                .claim(VERSION, approval.version());
        if (approval.action() != null) {
            claims.claim("action", approval.action().id());
        }
        if (approval.nonce() != null) {
            claims.claim("nonce", approval.nonce());
        }
        return claims.jws()
                .type(TYPE)
                .keyId(keys.signingId())
                .algorithm(SignatureAlgorithm.ES256)
                .sign(keys.signing());
    }

    /** The claims of a token that is one of ours and has not ended; empty for everything else. */
    Optional<JwtClaims> read(String token) {
        try {
            return Optional.of(consumer.processToClaims(token));
        } catch (InvalidJwtException e) {
            return Optional.empty();
        }
    }

    /** The keys that front ends check tokens with, as a JWK set. */
    String publicKeys() {
        return keys.publicSet();
    }
}
