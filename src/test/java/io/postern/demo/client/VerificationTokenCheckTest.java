package io.postern.demo.client;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VerificationTokenCheckTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String ISSUER = "https://postern.example";
    private static final Expectation SIGN_IN = new Expectation(
            "owner",
            Optional.of("challenge-1"),
            "sign_in",
            Optional.empty(),
            "nonce-1",
            Level.TWO,
            Duration.ofMinutes(5));
    private static final Expectation DISABLE = new Expectation(
            "owner",
            Optional.of("challenge-1"),
            "step_up",
            Optional.of(Action.DISABLE),
            "nonce-1",
            Level.TWO,
            Duration.ofMinutes(5));

    private final EllipticCurveJsonWebKey key = newKey("key-1");
    private final VerificationTokenCheck check = checkAt(NOW);

    @Test
    void tokenThatIsRightInEverythingPassesAndTellsTheProof() throws Exception {
        Proof proof = check.check(token(claims -> {}), SIGN_IN);

        assertEquals(Level.TWO, proof.level());
        assertEquals(List.of("otp", "mfa"), proof.methods());
        assertEquals(Optional.of("factor-1"), proof.factor());
        assertEquals(NOW.minusSeconds(2), proof.passedAt());
    }

    @Test
    void tokenOfAHigherLevelThanAskedForPasses() {
        assertPasses(claims -> claims.setStringClaim("acr", "urn:postern:level:3"), SIGN_IN);
    }

    /** A code by email is worth level 1, which a sign-in of this demo takes and says. */
    @Test
    void tokenOfACodeByEmailPassesWhereLevelOneWillDo() throws Exception {
        var signIn = new Expectation(
                "owner",
                Optional.of("challenge-1"),
                "sign_in",
                Optional.empty(),
                "nonce-1",
                Level.ONE,
                Duration.ofMinutes(5));
        Proof proof = check.check(
                token(claims -> {
                    claims.setStringClaim("acr", "urn:postern:level:1");
                    claims.setStringListClaim("amr", "email");
                }),
                signIn);

        assertEquals(Level.ONE, proof.level());
        assertEquals(List.of("email"), proof.methods());
    }

    /** RULES A1: a computer that is remembered has proven nothing now, and says when it last did. */
    @Test
    void tokenOfARememberedComputerPassesWhereOneIsExpectedAndNowhereElse() throws Exception {
        var remembered = new Expectation(
                "owner", Optional.empty(), "sign_in", Optional.empty(), "nonce-1", Level.ZERO, Duration.ofDays(90));
        Proof proof = check.check(token(VerificationTokenCheckTest::makeRemembered), remembered);

        assertEquals(Level.ZERO, proof.level());
        assertEquals(List.of("remembered"), proof.methods());
        assertEquals(Optional.empty(), proof.factor());
        assertEquals(NOW.minusSeconds(13 * 86_400), proof.passedAt());
        assertRefused(VerificationTokenCheckTest::makeRemembered, SIGN_IN);
        assertRefused(claims -> {}, remembered);
    }

    private static void makeRemembered(JwtClaims claims) {
        claims.setStringClaim("acr", "urn:postern:level:0");
        claims.setStringListClaim("amr", "remembered");
        claims.setClaim("auth_time", NOW.getEpochSecond() - 13 * 86_400);
        claims.unsetClaim("challenge");
        claims.unsetClaim("factor");
    }

    @Test
    void tokenOfAStepUpPassesForItsAction() {
        assertPasses(VerificationTokenCheckTest::makeStepUp, DISABLE);
    }

    @Test
    void tokenIsTakenOnce() throws Exception {
        String token = token(claims -> {});
        check.check(token, SIGN_IN);

        assertThrows(TokenRefusedException.class, () -> check.check(token, SIGN_IN));
    }

    @Test
    void ofManyThreadsWithOneTokenOnePasses() throws Exception {
        String token = token(claims -> {});
        Callable<Boolean> attempt = () -> passes(token, SIGN_IN);
        try (var threads = Executors.newFixedThreadPool(16)) {
            var passed = 0;
            for (var result : threads.invokeAll(
                    IntStream.range(0, 200).mapToObj(i -> attempt).toList())) {
                passed += result.get() ? 1 : 0;
            }
            assertEquals(1, passed);
        }
    }

    @Test
    void tokenRefusedForAnotherReasonIsNotSpent() throws Exception {
        String token = token(VerificationTokenCheckTest::makeStepUp);
        assertThrows(TokenRefusedException.class, () -> check.check(token, SIGN_IN));

        assertDoesNotThrow(() -> check.check(token, DISABLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iss",
                "aud",
                "sub",
                "jti",
                "iat",
                "exp",
                "auth_time",
                "acr",
                "challenge",
                "purpose",
                "nonce",
                "factor"
            })
    void tokenWithoutAnyOfItsClaimsIsRefused(String claim) throws Exception {
        assertRefused(claims -> claims.unsetClaim(claim), SIGN_IN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"typ", "kid"})
    void tokenWithoutAnyOfItsHeadersIsRefused(String header) throws Exception {
        assertFalse(passes(sign(claims(c -> {}), jws -> jws.setHeader(header, (Object) null)), SIGN_IN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iss", "sub", "challenge", "purpose", "nonce", "acr", "action"})
    void tokenWithAnotherValueIsRefused(String claim) throws Exception {
        assertRefused(claims -> claims.setStringClaim(claim, "another"), SIGN_IN);
    }

    @Test
    void tokenForAnotherApplicationIsRefused() throws Exception {
        assertRefused(claims -> claims.setAudience("other-admin"), SIGN_IN);
    }

    @Test
    void tokenForSeveralApplicationsIsRefused() throws Exception {
        assertRefused(claims -> claims.setAudience("demo-admin", "other-admin"), SIGN_IN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"urn:postern:level:0", "urn:postern:level:1", "URN:POSTERN:LEVEL:2", "urn:postern:level:02", "2"
            })
    void tokenBelowTheLevelAskedForIsRefused(String acr) throws Exception {
        assertRefused(claims -> claims.setStringClaim("acr", acr), SIGN_IN);
    }

    @Test
    void tokenOfASignInIsNoProofForAChange() throws Exception {
        assertRefused(claims -> {}, DISABLE);
    }

    @Test
    void tokenOfAStepUpIsNoSignIn() throws Exception {
        assertRefused(VerificationTokenCheckTest::makeStepUp, SIGN_IN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"add_factor", "remove_factor", "DISABLE"})
    void tokenForAnotherActionIsRefused(String action) throws Exception {
        assertRefused(
                claims -> {
                    makeStepUp(claims);
                    claims.setStringClaim("action", action);
                },
                DISABLE);
    }

    @Test
    void tokenOfAStepUpWithoutActionIsRefused() throws Exception {
        assertRefused(
                claims -> {
                    makeStepUp(claims);
                    claims.unsetClaim("action");
                },
                DISABLE);
    }

    @Test
    void expiredTokenIsRefusedAndTheLeewayIsTenSeconds() throws Exception {
        assertRefused(claims -> setLife(claims, NOW.minusSeconds(200), NOW.minusSeconds(11)), SIGN_IN);
        assertPasses(claims -> setLife(claims, NOW.minusSeconds(200), NOW.minusSeconds(9)), SIGN_IN);
    }

    @Test
    void tokenThatLivesLongerThanPosternsDoIsRefused() throws Exception {
        assertRefused(claims -> claims.setExpirationTime(at(NOW.plusSeconds(6 * 60))), SIGN_IN);
    }

    @Test
    void tokenFromTheFutureIsRefused() throws Exception {
        assertRefused(claims -> claims.setIssuedAt(at(NOW.plusSeconds(11))), SIGN_IN);
        assertPasses(claims -> claims.setIssuedAt(at(NOW.plusSeconds(9))), SIGN_IN);
    }

    @Test
    void proofThatIsTooOldIsRefused() throws Exception {
        assertRefused(claims -> claims.setClaim("auth_time", NOW.getEpochSecond() - 311), SIGN_IN);
        assertPasses(claims -> claims.setClaim("auth_time", NOW.getEpochSecond() - 309), SIGN_IN);
    }

    @Test
    void proofFromTheFutureIsRefused() throws Exception {
        assertRefused(claims -> claims.setClaim("auth_time", NOW.getEpochSecond() + 11), SIGN_IN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth_time", "acr", "amr", "factor", "nonce", "challenge", "purpose", "action"})
    void claimOfAnotherShapeIsRefused(String claim) throws Exception {
        assertRefused(claims -> claims.setClaim(claim, Map.of("a", 1)), SIGN_IN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"at+jwt", "JWT", "verification+jwt"})
    void tokenOfAnotherTypeIsRefused(String type) throws Exception {
        assertFalse(passes(sign(claims(c -> {}), jws -> jws.setHeader("typ", type)), SIGN_IN));
    }

    @Test
    void tokenSignedByAKeyThatIsNotPublishedIsRefused() throws Exception {
        var stranger = newKey("key-1");
        assertFalse(passes(sign(claims(c -> {}), jws -> jws.setKey(stranger.getPrivateKey())), SIGN_IN));
    }

    @Test
    void tokenThatNamesAnUnknownKeyIsRefused() throws Exception {
        assertFalse(passes(sign(claims(c -> {}), jws -> jws.setKeyIdHeaderValue("key-2")), SIGN_IN));
    }

    @Test
    void tokenKeyedWithThePublicKeyAsASecretIsRefused() throws Exception {
        String forged = sign(claims(c -> {}), jws -> {
            jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
            jws.setKey(new HmacKey(key.getECPublicKey().getEncoded()));
        });
        assertFalse(passes(forged, SIGN_IN));
    }

    @Test
    void unsignedTokenIsRefused() throws Exception {
        String forged = sign(claims(c -> {}), jws -> {
            jws.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
            jws.setKey(null);
        });
        assertFalse(passes(forged, SIGN_IN));
    }

    @Test
    void tokenWithAChangedClaimIsRefused() throws Exception {
        String[] honest = token(claims -> claims.setSubject("editor")).split("\\.", -1);
        String[] other = token(claims -> {}).split("\\.", -1);

        assertFalse(passes(honest[0] + "." + other[1] + "." + honest[2], SIGN_IN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "a.b.c", "..", "e30.e30.", "a.b.c.d.e", "\u0000"})
    void whatIsNoTokenIsRefused(String garbage) {
        assertFalse(passes(garbage, SIGN_IN));
    }

    @Test
    void refusalTellsNothingOfTheToken() throws Exception {
        String token = token(claims -> claims.setIssuer("https://elsewhere.example"));
        var refusal = assertThrows(TokenRefusedException.class, () -> check.check(token, SIGN_IN));

        assertFalse(String.valueOf(refusal.getMessage()).contains("elsewhere"));
        assertNull(refusal.getCause());
    }

    private VerificationTokenCheck checkAt(Instant now) {
        String published = new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
        return new VerificationTokenCheck(() -> published, ISSUER, "demo-admin", Clock.fixed(now, ZoneOffset.UTC));
    }

    private boolean passes(String token, Expectation expected) {
        try {
            check.check(token, expected);
            return true;
        } catch (TokenRefusedException e) {
            return false;
        }
    }

    private void assertPasses(Consumer<JwtClaims> change, Expectation expected) {
        assertDoesNotThrow(() -> check.check(token(change), expected));
    }

    private void assertRefused(Consumer<JwtClaims> change, Expectation expected) throws JoseException {
        assertFalse(passes(token(change), expected));
    }

    private String token(Consumer<JwtClaims> change) throws JoseException {
        return sign(claims(change), jws -> {});
    }

    private static JwtClaims claims(Consumer<JwtClaims> change) {
        var claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience("demo-admin");
        claims.setSubject("owner");
        claims.setGeneratedJwtId();
        claims.setIssuedAt(at(NOW.minusSeconds(1)));
        claims.setExpirationTime(at(NOW.plusSeconds(299)));
        claims.setClaim("auth_time", NOW.getEpochSecond() - 2);
        claims.setStringListClaim("amr", "otp", "mfa");
        claims.setStringClaim("factor", "factor-1");
        claims.setStringClaim("acr", "urn:postern:level:2");
        claims.setStringClaim("challenge", "challenge-1");
        claims.setStringClaim("purpose", "sign_in");
        claims.setStringClaim("nonce", "nonce-1");
        change.accept(claims);
        return claims;
    }

    private static void makeStepUp(JwtClaims claims) {
        claims.setStringClaim("purpose", "step_up");
        claims.setStringClaim("action", "disable");
    }

    private static void setLife(JwtClaims claims, Instant from, Instant until) {
        claims.setIssuedAt(at(from));
        claims.setExpirationTime(at(until));
    }

    private String sign(JwtClaims claims, Consumer<JsonWebSignature> change) throws JoseException {
        var jws = new JsonWebSignature();
        jws.setPayload(claims.toJson());
        jws.setHeader("typ", "postern-verification+jwt");
        jws.setKeyIdHeaderValue("key-1");
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        jws.setKey(key.getPrivateKey());
        change.accept(jws);
        return jws.getCompactSerialization();
    }

    private static NumericDate at(Instant instant) {
        return NumericDate.fromSeconds(instant.getEpochSecond());
    }

    private static EllipticCurveJsonWebKey newKey(String id) {
        try {
            var key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(id);
            key.setAlgorithm(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
            key.setUse("sig");
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException("The JDK knows P-256", e);
        }
    }
}
