package io.postern.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.KeyFiles;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.FaultLog;
import io.postern.harness.Forger;
import io.postern.harness.Operation;
import io.postern.harness.Operation.Target;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** RULES A4: only an access token opens a door, and only those of its scopes. */
final class AccessTokenIT {

    static final List<Operation> CALLS = Operation.ALL;
    private static final Target NOBODY = new Target("nobody", UUID.randomUUID().toString(), "A".repeat(44));

    private final Postern postern = Postern.shared();
    private final Api copy = Api.at(postern.second());
    private final Api demo = postern.api(SeededClient.DEMO_ADMIN);
    private final String real = postern.accessToken(SeededClient.DEMO_ADMIN);
    private final Forger forger = Forger.with(postern.keys().access());

    /** A token that was made again, with one thing changed. */
    record Forged(String what, Consumer<Map<String, Object>> header, Consumer<Map<String, Object>> claims) {

        static Forged claim(String what, Consumer<Map<String, Object>> claims) {
            return new Forged(what, header -> {}, claims);
        }

        static Forged header(String what, Consumer<Map<String, Object>> header) {
            return new Forged(what, header, claims -> {});
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Forged> forged() {
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                Forged.claim("ended", claims -> claims.putAll(Map.of("iat", now - 720, "exp", now - 120))),
                // Issued long before its end: one that ends before it began would be refused for that.
                Forged.claim("ended a moment ago", claims -> claims.putAll(Map.of("iat", now - 602, "exp", now - 2))),
                Forged.claim("without an end", claims -> claims.remove("exp")),
                Forged.claim("of another issuer", claims -> claims.put("iss", "http://elsewhere.test")),
                Forged.claim("without an issuer", claims -> claims.remove("iss")),
                Forged.claim("for another audience", claims -> claims.put("aud", "demo-admin")),
                Forged.claim("without an audience", claims -> claims.remove("aud")),
                Forged.header(
                        "of the verification tokens' type", header -> header.put("typ", "postern-verification+jwt")),
                Forged.header("of no special type", header -> header.put("typ", "JWT")),
                Forged.header("without a type", header -> header.remove("typ")),
                Forged.header("of an unknown key", header -> header.put("kid", "unknown")));
    }

    @Test
    void tokenMadeAgainAsItWasIsGood() {
        get(forger.again(real, claims -> {})).expectProblem(404, "not_found");
    }

    @ParameterizedTest
    @MethodSource
    void forged(Forged forged) {
        refuse(forger.again(real, forged.header(), forged.claims()));
    }

    @Test
    void unsignedTokenIsRefused() {
        refuse(forger.unsigned(real));
        var parts = real.split("\\.", -1);
        refuse(parts[0] + "." + parts[1] + ".");
    }

    /** The algorithm is pinned (RFC 8725 section 3.1): a public key is no HMAC secret. */
    @Test
    void publicKeyIsNotTakenForASecret() {
        refuse(forger.confused(real));
    }

    @Test
    void foreignKeyIsRefusedUnderWhateverName() {
        var foreign = KeyFiles.signingKey(forger.keyId());
        refuse(Forger.with(foreign).again(real, claims -> {}));
    }

    @Test
    void garbledTokensAreRefused() {
        var parts = real.split("\\.", -1);
        var other = forger.again(real, claims -> claims.put("application", "other-admin"))
                .split("\\.", -1);
        refuse(parts[0] + "." + other[1] + "." + parts[2]);
        refuse(real.substring(0, real.length() - 8) + "AAAAAAAA");
        for (var token : List.of("x", "a.b.c", "..", real + "x", real + "." + parts[1], "x".repeat(9_000), "null")) {
            refuse(token);
        }
        for (var header :
                List.of("Bearer", "Bearer ", "Basic ZGVtby1hZG1pbjpkZW1vLXNlY3JldA==", "DPoP " + real, real)) {
            unauthorized(copy.with("Authorization", header).get("/v1/subjects/nobody"));
        }
    }

    @Test
    void verificationTokenOpensNothing() {
        var person = Person.enrolled(postern, demo);
        var token = person.verify(person.challenge(), person.code()).expect(200).text("verification_token");

        refuse(token);
        // Not even with everything else right: the keys are others.
        refuse(Forger.with(postern.keys().verification())
                .again(real, header -> header.put("kid", Forger.header(token).get("kid")), claims -> {}));
    }

    @ParameterizedTest
    @FieldSource("CALLS")
    void everyCallNeedsAToken(Operation call) {
        unauthorized(call.call(copy, NOBODY));
        unauthorized(call.call(copy.withToken("x"), NOBODY));
    }

    @ParameterizedTest
    @FieldSource("CALLS")
    void everyCallNeedsItsScope(Operation call) {
        for (var lacking : lackingTokens(call)) {
            call.call(copy.withToken(lacking), NOBODY).expectProblem(403, "insufficient_scope");
        }
        for (var scope : call.scopes()) {
            var answer = call.call(copy.withToken(token(client(scope), scope)), NOBODY);
            assertTrue(
                    answer.status() != 403
                            || List.of("console_only", "operators_only").contains(answer.text("code")),
                    answer.toString());
        }
    }

    @Test
    void refusalsLogNoFault() {
        var log = FaultLog.from(postern);
        for (var token : List.of("x", "a.b.c", forger.unsigned(real), forger.confused(real))) {
            refuse(token);
        }
        assertEquals(List.of(), log.entries());
    }

    private List<String> lackingTokens(Operation call) {
        var tokens = new ArrayList<String>();
        for (var client : List.of(SeededClient.DEMO_ADMIN, SeededClient.DEMO_OPERATOR)) {
            client.scopes().stream()
                    .filter(scope -> !call.scopes().contains(scope))
                    .forEach(scope -> tokens.add(token(client, scope)));
        }
        tokens.add(forger.again(real, claims -> claims.remove("scope")));
        tokens.add(
                forger.again(real, claims -> claims.put("scope", call.scopes().getFirst() + "x")));
        return tokens;
    }

    private static SeededClient client(String scope) {
        return SeededClient.DEMO_ADMIN.scopes().contains(scope) ? SeededClient.DEMO_ADMIN : SeededClient.DEMO_OPERATOR;
    }

    private String token(SeededClient client, String scope) {
        return Api.at(postern.first())
                .withBasic(client.id(), client.secret())
                .postForm("/oauth2/token", Map.of("grant_type", "client_credentials", "scope", scope))
                .expect(200)
                .text("access_token");
    }

    private void refuse(String token) {
        unauthorized(get(token));
    }

    private Answer get(String token) {
        return copy.withToken(token).get("/v1/subjects/nobody");
    }

    private static void unauthorized(Answer answer) {
        answer.expectProblem(401, "unauthorized");
        assertEquals("Bearer", answer.header("WWW-Authenticate").orElseThrow());
    }
}
