package io.postern.demo.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;

/**
 * Decides whether a verification token may be believed: all of rule I4 that concerns a token.
 *
 * <p>A token passes once, and only if it is signed with ES256 by a key that Postern publishes (RFC 7515, RFC 8725), is
 * of the type {@code postern-verification+jwt}, comes from our Postern, was made for this application, person,
 * challenge, purpose and action, carries our nonce, reaches the level that was asked for, and speaks of a proof that is
 * recent.
 */
public final class VerificationTokenCheck {
    /** How far the clocks of the two machines may be apart. */
    static final Duration LEEWAY = Duration.ofSeconds(10);

    /** A token lives five minutes (rule A3); one that claims to live longer is not Postern's. */
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final String TYPE = "postern-verification+jwt";

    private final PublishedKeys keys;
    private final SpentTokens spent;
    private final String issuer;
    private final String audience;
    private final Clock clock;

    /**
     * @param keys     fetches the JWK set
     * @param audience the id of this application at Postern
     */
    public VerificationTokenCheck(Supplier<String> keys, String issuer, String audience, Clock clock) {
        this.keys = new PublishedKeys(keys, clock);
        this.spent = new SpentTokens(clock);
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    /**
     * Checks a token and takes it, so that it passes no second time.
     *
     * @throws TokenRefusedException if any check fails
     * @throws UnavailableException if Postern's keys cannot be had, which leaves the token unspent
     */
    public Proof check(String token, Expectation expected) throws TokenRefusedException {
        try {
            JwtClaims claims = consumer(token, expected).processToClaims(token);
            Proof proof = compare(claims, expected);
            // Last, so that a token which fails elsewhere does not use up the id of one that would pass.
            Instant until =
                    Instant.ofEpochSecond(claims.getExpirationTime().getValue()).plus(LEEWAY);
            require(spent.take(claims.getJwtId(), until), "jti");
            return proof;
        } catch (InvalidJwtException | MalformedClaimException e) {
            // Neither the cause nor its message: they quote the claims.
            throw new TokenRefusedException("its signature, its type or a registered claim is wrong");
        }
    }

    private JwtConsumer consumer(String token, Expectation expected) throws TokenRefusedException {
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(
                        ConstraintType.PERMIT, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256)
                .setVerificationKey(keys.find(keyId(token)))
                .setExpectedType(true, TYPE)
                .setExpectedIssuer(issuer)
                .setExpectedAudience(audience)
                .setExpectedSubject(expected.subject())
                .setRequireJwtId()
                .setRequireIssuedAt()
                .setIssuedAtRestrictions(0, (int) LIFETIME.toSeconds())
                .setRequireExpirationTime()
                .setMaxFutureValidityInMinutes((int) LIFETIME.toMinutes())
                .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis()))
                .setAllowedClockSkewInSeconds((int) LEEWAY.toSeconds())
                .build();
    }

    /** The one thing that is read before the signature is checked; it only picks among keys that we trust already. */
    private static String keyId(String token) throws TokenRefusedException {
        try {
            return Optional.ofNullable(
                            JsonWebStructure.fromCompactSerialization(token).getKeyIdHeaderValue())
                    .orElseThrow(() -> new TokenRefusedException("it names no key"));
        } catch (JoseException e) {
            throw new TokenRefusedException("it is no token");
        }
    }

    private Proof compare(JwtClaims claims, Expectation expected)
            throws TokenRefusedException, MalformedClaimException {
        require(claims.getAudience().size() == 1, "aud");
        var challenge = Optional.ofNullable(claims.getStringClaimValue("challenge"));
        require(expected.challenge().equals(challenge), "challenge");
        require(expected.purpose().equals(claims.getStringClaimValue("purpose")), "purpose");
        require(expected.nonce().equals(claims.getStringClaimValue("nonce")), "nonce");
        String action = expected.action().map(Action::wireName).orElse(null);
        require(Objects.equals(action, claims.getStringClaimValue("action")), "action");
        var factor = Optional.ofNullable(claims.getStringClaimValue("factor"));
        require(factor.isPresent() == challenge.isPresent(), "factor"); // a remembered computer shows neither
        return new Proof(
                level(claims, expected.least()),
                claims.getStringListClaimValue("amr"),
                factor,
                passedAt(claims, expected));
    }

    private static Level level(JwtClaims claims, Level least) throws TokenRefusedException, MalformedClaimException {
        Optional<Level> level =
                Optional.ofNullable(claims.getStringClaimValue("acr")).flatMap(Level::of);
        require(level.isPresent() && level.get().reaches(least), "acr");
        return level.get();
    }

    private Instant passedAt(JwtClaims claims, Expectation expected)
            throws TokenRefusedException, MalformedClaimException {
        NumericDate claim = claims.getNumericDateClaimValue("auth_time");
        require(claim != null, "auth_time");
        Instant passedAt = Instant.ofEpochSecond(claim.getValue());
        Instant now = clock.instant();
        require(!passedAt.isAfter(now.plus(LEEWAY)), "auth_time");
        require(!passedAt.isBefore(now.minus(expected.maxAge()).minus(LEEWAY)), "auth_time");
        return passedAt;
    }

    private static void require(boolean holds, String claim) throws TokenRefusedException {
        if (!holds) {
            throw new TokenRefusedException("its claim '" + claim + "' is not what was expected");
        }
    }
}
