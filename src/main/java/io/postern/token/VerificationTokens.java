package io.postern.token;

import io.postern.crypto.KeyConfig;
import io.postern.crypto.SigningKeys;
import io.postern.factor.Level;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwt.consumer.Validator;
import org.jose4j.jwx.HeaderParameterNames;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/**
 * Makes and reads verification tokens: JWTs (RFC 7519) signed with ES256, the algorithm pinned (RFC 8725 section 3.1),
 * typed so that no other token can be taken for one (section 3.11), good for five minutes (RULES A3).
 */
@Singleton
public final class VerificationTokens {

    static final String TYPE = "postern-verification+jwt";
    static final String FACTOR = "factor";
    static final String VERSION = "subject_version";

    /** The method of a remembered computer (RULES A2), which is no proof (RULES F1). */
    static final String REMEMBERED = "remembered";

    private static final String AUTH_TIME = "auth_time";
    private static final List<String> CLAIMS = List.of(AUTH_TIME, "amr", "acr", "purpose", FACTOR, VERSION);
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
        var claims = claims(approval.application(), approval.subject(), approval.provenAt());
        claims.setClaim(AUTH_TIME, approval.provenAt().getEpochSecond());
        claims.setStringListClaim("amr", approval.type().methods());
        claims.setStringClaim("acr", approval.type().level().acr());
        claims.setStringClaim("challenge", approval.challenge());
        claims.setStringClaim("purpose", approval.purpose().id());
        claims.setStringClaim(FACTOR, approval.factor().toString());
        claims.setClaim(VERSION, approval.version());
        if (approval.action() != null) {
            claims.setStringClaim("action", approval.action().id());
        }
        if (approval.nonce() != null) {
            claims.setStringClaim("nonce", approval.nonce());
        }
        return sign(claims);
    }

    /** The token that says a remembered computer signs in. It names no challenge and no factor, for there was none. */
    public String issue(Recollection recollection) {
        var claims = claims(recollection.application(), recollection.subject(), recollection.at());
        claims.setClaim(AUTH_TIME, recollection.provenAt().getEpochSecond());
        claims.setStringListClaim("amr", List.of(REMEMBERED));
        claims.setStringClaim("acr", Level.REMEMBERED.acr());
        claims.setStringClaim("purpose", Purpose.SIGN_IN.id());
        claims.setClaim(VERSION, recollection.version());
        if (recollection.nonce() != null) {
            claims.setStringClaim("nonce", recollection.nonce());
        }
        return sign(claims);
    }

    private JwtClaims claims(String application, String subject, Instant issuedAt) {
        var claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience(application);
        claims.setSubject(subject);
        claims.setJwtId(UUID.randomUUID().toString());
        claims.setIssuedAt(NumericDate.fromSeconds(issuedAt.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(issuedAt.plus(LIFE).getEpochSecond()));
        return claims;
    }

    /** By the library itself: the builder on top of it reads configuration for every token, on the hot path. */
    private String sign(JwtClaims claims) {
        var token = new JsonWebSignature();
        token.setHeader(HeaderParameterNames.TYPE, TYPE);
        token.setKeyIdHeaderValue(keys.signingId());
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        token.setKey(keys.signing());
        token.setPayload(claims.toJson());
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("A verification token cannot be signed", e);
        }
    }

    /** The claims of a token that is one of ours and has not ended; empty for everything else. */
    public Optional<JwtClaims> read(String token) {
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
