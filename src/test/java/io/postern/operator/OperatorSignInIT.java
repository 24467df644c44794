package io.postern.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.crypto.KeyRing;
import io.postern.crypto.KeyedHash;
import io.postern.embedded.SeededClient;
import io.postern.harness.Administrator;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Forger;
import io.postern.harness.Operation;
import io.postern.harness.Operation.Target;
import io.postern.harness.OperatorUser;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Name and password, then a challenge, then an access token. */
final class OperatorSignInIT {

    static final List<Operation> CALLS = Operation.ALL;

    private static final Target NOBODY = new Target("nobody", "none", "A".repeat(44));

    private final Postern postern = Postern.shared();
    private final Sql sql = Sql.on(postern);

    @Test
    void bothStepsGiveATokenOfTheRoleThatNamesTheOperator() {
        var expected = Map.of("viewer", "audit", "support", "support audit", "admin", "support audit admin");
        for (var role : List.of("viewer", "support", "admin")) {
            var operator = OperatorUser.of(postern, role);
            var asked = operator.begin(0, operator.password()).expect(201);
            assertEquals("no-store", asked.header("Cache-Control").orElseThrow());
            assertEquals("pending", asked.text("status"));
            assertFalse(asked.body().contains("nonce"), asked::body);

            var signedIn = operator.verify(1, asked.text("id"), operator.code()).expect(200);

            assertEquals("approved", signedIn.text("status"));
            assertEquals(expected.get(role), signedIn.text("scope"));
            var claims = Forger.claims(signedIn.text("access_token"));
            assertEquals("at+jwt", Forger.header(signedIn.text("access_token")).get("typ"));
            assertEquals("postern", claims.get("aud"));
            assertEquals(operator.name(), claims.get("actor"));
            assertEquals("operator:" + operator.id(), claims.get("sub"));
            assertEquals("postern-console", claims.get("application"));
            assertEquals(600, Forger.number(claims, "exp") - Forger.number(claims, "iat"));
            var own = Api.at(postern.second())
                    .withToken(signedIn.text("access_token"))
                    .get("/v1/operators/me")
                    .expect(200);
            assertEquals(operator.name(), own.text("name"));
            assertEquals(
                    1,
                    sql.number(
                            "select count(*) from audit_event where type = 'operator_signed_in' and actor = ?",
                            operator.name()));
        }
    }

    @Test
    void unknownNamesWrongPasswordsAndTheSuspendedAreAnsweredAlike() {
        var operator = OperatorUser.of(postern, "viewer");
        var suspended = OperatorUser.of(postern, "viewer");
        OperatorUser.first(postern).to(suspended, "/suspend").expect(200);
        var wrong = operator.begin(0, "not the password at all").expectProblem(401, "invalid_credentials");
        assertEquals(
                "Basic realm=\"postern-operators\", charset=\"UTF-8\"",
                wrong.header("WWW-Authenticate").orElseThrow());
        for (var answer : List.of(
                begin("nobody-" + UUID.randomUUID(), operator.password()),
                begin("Ä\u0001 no name", operator.password()),
                begin(operator.name(), ""),
                begin(operator.name().toUpperCase(Locale.ROOT), operator.password()),
                suspended.begin(1, suspended.password()),
                Api.at(postern.first()).post(OperatorUser.SIGN_IN),
                Api.at(postern.first()).with("Authorization", "Basic garbage").post(OperatorUser.SIGN_IN))) {
            assertEquals(
                    wrong.body(),
                    answer.expectProblem(401, "invalid_credentials").body());
        }
        operator.begin(0, operator.password()).expect(201);
    }

    /** An unknown name costs a hash too. It takes a quarter of a second or more, all else some milliseconds. */
    @Test
    void unknownNameTakesTheWorkOfAKnownOne() {
        var known = OperatorUser.of(postern, "viewer");
        var unknown = "nobody-" + UUID.randomUUID();
        var quickest = quickest(known.name());
        assertTrue(quickest(unknown).compareTo(quickest.dividedBy(3)) > 0, quickest::toString);
    }

    private Duration quickest(String name) {
        var best = Duration.ofDays(1);
        for (int tries = 0; tries < 4; tries++) {
            var begun = Instant.now();
            begin(name, "not the password at all").expectProblem(401, "invalid_credentials");
            var took = Duration.between(begun, Instant.now());
            best = took.compareTo(best) < 0 ? took : best;
        }
        return best;
    }

    /** No more at once than are configured; the rest is told to come again. */
    @Test
    void floodOfPasswordsIsRefusedInPart() {
        var answers = Burst.of(12, number -> begin("nobody-" + number, "no password of anybody"));
        assertTrue(answers.stream().anyMatch(answer -> answer.status() == 401), answers::toString);
        var refused = answers.stream().filter(answer -> answer.status() == 503).toList();
        assertFalse(refused.isEmpty(), answers::toString);
        refused.forEach(answer -> assertTrue(
                answer.expectProblem(503, "overloaded").header("Retry-After").isPresent()));
    }

    /** RULES D1: counted before they are looked at, over both copies; the right password in a delay is not taken either. */
    @Test
    void failuresAreDelayedOverAllCopies() {
        var operator = OperatorUser.of(postern, "viewer");
        for (int tries = 0; tries < 10; tries++) {
            operator.begin(tries % 2, "not the password at all").expectProblem(401, "invalid_credentials");
        }
        for (int copy = 0; copy < 2; copy++) {
            var delayed = operator.begin(copy, operator.password()).expectProblem(429, "too_many_attempts");
            assertTrue(delayed.header("Retry-After").isPresent());
        }
        OperatorUser.of(postern, "viewer").challenge(0);
    }

    /** From other sources too, though a single one is delayed much earlier (NIST SP 800-63B-4 section 3.2.2). */
    @Test
    void nameIsDelayedFromEverywhereAfterAHundred() {
        var operator = OperatorUser.of(postern, "viewer");
        var hash = new KeyedHash(new KeyRing(postern.keys().ring()));
        var key = "postern:{" + hash.tag("operator", operator.name()) + "}:throttle";
        var now = Long.toString(Instant.now().toEpochMilli());
        for (int failures : List.of(98, 100)) {
            postern.redis().command("HSET", key, "failures", Integer.toString(failures), "last", now);
            var answer = operator.begin(1, "not the password at all");
            assertEquals(failures == 98 ? 401 : 429, answer.status(), answer::toString);
        }
        postern.redis().command("HSET", key, "failures", "42", "last", now);
        operator.begin(0, operator.password()).expect(201);
        operator.begin(1, "not the password at all").expect(401);
        assertEquals("1", String.valueOf(postern.redis().command("HGET", key, "failures")));
    }

    /** The first factor is all that a password alone leads to, and only while there is none. */
    @ParameterizedTest
    @FieldSource("CALLS")
    void passwordAloneOpensNothingButTheWayToAFirstFactor(Operation call) {
        var newcomer = newcomer();
        var token = newcomer.token();
        assertFalse(String.valueOf(Forger.claims(token).get("scope")).contains("enroll"));
        call.call(Api.at(postern.second()).withToken(token), NOBODY).expectProblem(403, "insufficient_scope");
        if (call.path().startsWith("/v1/subjects/{subject}") && !call.path().contains("{device}")) {
            var answer = call.call(
                    Api.at(postern.second()).withToken(token), new Target(newcomer.id(), Operation.NOBODY, "none"));
            boolean isWay = List.of(
                                    "/factors",
                                    "/factors/{factor}",
                                    "/factors/{factor}/activate",
                                    "/factors/{factor}/send",
                                    "/factors/{factor}/send-confirmation")
                            .contains(call.path().substring("/v1/subjects/{subject}".length()))
                    && List.of("GET", "POST").contains(call.method());
            assertEquals(isWay, answer.status() != 403, answer::toString);
        }
    }

    private record Newcomer(String id, String token) {}

    private static final AtomicReference<Newcomer> NEWCOMER = new AtomicReference<>();

    /** One for all calls: making one takes a second. */
    private Newcomer newcomer() {
        return NEWCOMER.updateAndGet(known -> known == null ? invite() : known);
    }

    private Newcomer invite() {
        var user = OperatorUser.invited(postern, "admin");
        return new Newcomer(
                user.id(), user.begin(0, user.password()).expect(200).text("access_token"));
    }

    @Test
    void tokenOfThePasswordAloneEndsWithTheFirstFactor() {
        var newcomer = OperatorUser.invited(postern, "admin");
        var token = newcomer.begin(0, newcomer.password()).expect(200).text("access_token");
        newcomer.enroll();
        for (var copy : List.of(postern.first(), postern.second())) {
            var api = Api.at(copy).withToken(token);
            api.get(newcomer.subject("/factors")).expectProblem(401, "unauthorized");
            api.post(newcomer.subject("/factors"), Map.of("type", "totp")).expectProblem(401, "unauthorized");
        }
        newcomer.begin(0, newcomer.password()).expect(201);
    }

    /** RULES F5: a freeze counts as on for a token that was given before it, too. */
    @Test
    void tokenOfThePasswordAloneEndsWithAFreeze() {
        var newcomer = OperatorUser.invited(postern, "viewer");
        var token = newcomer.begin(0, newcomer.password()).expect(200).text("access_token");
        var api = Api.at(postern.second()).withToken(token);
        api.get(newcomer.subject("/factors")).expect(200);

        sql.change("update subject set frozen_at = now() where external_id = ?", newcomer.id());

        api.get(newcomer.subject("/factors")).expectProblem(401, "unauthorized");
        api.post(newcomer.subject("/factors"), Map.of("type", "totp")).expectProblem(401, "unauthorized");
    }

    @Test
    void passwordAloneOpensNothingAfterItsDay() {
        var newcomer = OperatorUser.invited(postern, "viewer");
        sql.change("update operator set enroll_until = now() where id = ?::uuid", newcomer.id());
        newcomer.begin(0, newcomer.password()).expectProblem(403, "enrollment_closed");

        var operator = OperatorUser.of(postern, "viewer");
        operator.signIn(0);
        sql.change(
                "delete from factor where subject_id = (select id from subject where external_id = ?)", operator.id());
        operator.begin(0, operator.password()).expectProblem(403, "enrollment_closed");
    }

    @Test
    void challengeThatWasMadeElsewhereGivesNoToken() {
        var operator = OperatorUser.of(postern, "viewer");
        var challenge = operator.api(0)
                .post("/v1/challenges", Map.of("subject", operator.id(), "purpose", "sign_in", "nonce", "mine"))
                .expect(201)
                .text("id");
        operator.verify(0, challenge, operator.code()).expectProblem(409, "challenge_closed");
    }

    @Test
    void signInUnderWayEndsWithAnyChangeOfTheOperator() {
        var admin = OperatorUser.first(postern);
        var operator = OperatorUser.of(postern, "viewer");
        var before = operator.challenge(0);
        admin.api(0)
                .patch(operator.path(), Map.of("role", "support", "reason", "A test"))
                .expect(200);
        operator.verify(1, before, operator.code()).expectProblem(409, "challenge_closed");

        var suspended = operator.challenge(0);
        admin.to(operator, "/suspend").expect(200);
        operator.verify(1, suspended, operator.code()).expectProblem(409, "challenge_closed");
    }

    @Test
    void rightCodeSentManyTimesSignsInOnce() {
        var operator = OperatorUser.of(postern, "viewer");
        var challenge = operator.challenge(0);
        var code = operator.code();
        var answers = Burst.of(8, number -> operator.verify(number % 2, challenge, code));
        assertEquals(
                1, answers.stream().filter(answer -> answer.status() == 200).count(), answers::toString);
    }

    @Test
    void challengeOfAFrontEndIsNoneOfTheirs() {
        var front = postern.api(SeededClient.DEMO_ADMIN);
        var person = Person.enrolled(postern, front);
        Api.at(postern.first())
                .post(
                        OperatorUser.SIGN_IN + "/" + person.challenge() + "/verify",
                        Map.of("factor", person.factor(), "code", person.code()))
                .expectProblem(404, "not_found");
    }

    /** RULES A4: what the operator claim opens, no client's token opens, and the other way round. */
    @Test
    void tokensOfOperatorsAndOfClientsAreNeverTakenForOneAnother() {
        var operator = OperatorUser.of(postern, "support");
        var token = operator.signIn(0);
        var forger = Forger.with(postern.keys().access());
        var second = Api.at(postern.second());
        second.withToken(forger.again(token, claims -> {}))
                .get("/v1/operators/me")
                .expect(200);
        for (var forged : List.of(
                forger.again(token, claims -> claims.put("operator_version", 1_000_000)),
                forger.again(
                        token,
                        claims -> claims.put("operator", UUID.randomUUID().toString())),
                forger.again(token, claims -> claims.put("scope", "support audit admin")))) {
            second.withToken(forged).get("/v1/operators/me").expectProblem(401, "unauthorized");
        }
        var client = Administrator.ofConsole(postern).api(0);
        client.get("/v1/operators/me").expectProblem(403, "operators_only");
        client.get("/v1/operators").expectProblem(403, "operators_only");
        second.withBasic(operator.name(), operator.password())
                .postForm("/oauth2/token", Map.of("grant_type", "client_credentials"))
                .expect(401);
        var demo = SeededClient.DEMO_ADMIN;
        begin(demo.id(), demo.secret()).expectProblem(401, "invalid_credentials");
    }

    @ParameterizedTest
    @FieldSource("CALLS")
    void nameAndPasswordOpenNothingElse(Operation call) {
        var operator = OperatorUser.first(postern);
        var basic = Api.at(postern.second()).withBasic(operator.name(), operator.password());
        call.call(basic, NOBODY).expectProblem(401, "unauthorized");
    }

    @Test
    void noTokenOpensTheSignInPath() {
        var operator = OperatorUser.first(postern);
        operator.api(0).post(OperatorUser.SIGN_IN).expectProblem(401, "invalid_credentials");
    }

    @Test
    void passwordsStandInNoLogAndNoTable() throws IOException {
        var operator = OperatorUser.of(postern, "viewer");
        var wrong = "a wrong one " + UUID.randomUUID();
        operator.begin(0, wrong).expect(401);
        operator.begin(1, operator.password()).expect(201);
        for (var log : postern.logs()) {
            var text = Files.readString(log);
            assertFalse(text.contains(wrong) || text.contains(operator.password()), log::toString);
        }
        var stored = sql.texts("select password from operator where id = ?::uuid", operator.id())
                .getFirst();
        assertTrue(stored.startsWith("$2"), "bcrypt");
        assertNotEquals(
                stored,
                sql.texts("select password from operator where name = 'first'").getFirst());
    }

    /** A keyed hash of operator and password is what bcrypt is given. */
    @Test
    void passwordOfAnotherRowIsWorthNothing() {
        var operator = OperatorUser.of(postern, "admin");
        var thief = OperatorUser.of(postern, "viewer");
        sql.change(
                "update operator set password = (select password from operator where id = ?::uuid) where id = ?::uuid",
                thief.id(),
                operator.id());
        operator.begin(0, thief.password()).expectProblem(401, "invalid_credentials");
    }

    @Test
    void passwordOfMoreThanSeventyTwoBytesCountsToItsEnd() {
        var invited = OperatorUser.invited(postern, "viewer");
        var again = OperatorUser.first(postern).to(invited, "/invitation").expect(200);
        var password = "Zwölf Boote ".repeat(9) + "zum Schluß";
        invited.accept(again.text("invitation"), password).expect(200);
        invited.begin(0, password).expect(200);
        invited.begin(0, password + "x").expectProblem(401, "invalid_credentials");
        invited.begin(0, password.replace("ö", "o\u0308")).expect(200);
    }

    private Answer begin(String name, String password) {
        return Api.at(postern.first()).withBasic(name, password).post(OperatorUser.SIGN_IN);
    }
}
