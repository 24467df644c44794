package io.postern.importing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.FaultLog;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.harness.Totp;
import io.postern.ops.Places;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.Test;

/** RULES F6: people move here with what they have, and by import nobody gets a factor who has one. */
final class ImportIT {

    /** RULES F5: nothing is added in a freeze, by nobody; the help desk lifts it. */
    @Test
    void frozenPersonGetsNothing() {
        var person = Person.registered(postern, api);
        sql.change("update subject set frozen_at = now() where external_id = ?", person.subject());
        var move = Move.begin(operator);

        move.send(0, List.of("""
                        {"subject":"%s","display_name":"Ann","factors":[{"type":"totp","secret":"%s"}]}""".formatted(person.subject(), Move.secret(20)))).expect(200);

        assertEquals(List.of("1 refused frozen"), move.report());
        var state = api.get(person.path()).expect(200).json();
        assertEquals(0, state.path("factors").size());
        assertTrue(state.path("display_name").isMissingNode());
    }

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api operator = postern.api(SeededClient.DEMO_OPERATOR, 1);
    private final Sql sql = Sql.on(postern);
    private final String prefix = "moved-" + UUID.randomUUID() + "-";

    @Test
    void peopleSignInWithWhatTheyHadBefore() {
        var secret = Move.secret(20);
        var address = Correspondent.newAddress();
        var number = Correspondent.newNumber();
        var move = Move.begin(operator);

        var state = move.send(
                        0,
                        List.of(
                                """
                                {"subject":"%sann","email":"ann@example.com","display_name":"Ann","locale":"de","factors":[\
                                {"type":"totp","secret":"%s","label":"Old phone","digits":6,"period":30,"algorithm":"SHA1"},\
                                {"type":"email","address":"%s","verified_at":"2025-11-02T10:00:00Z"},\
                                {"type":"sms","phone_number":"%s"}]}""".formatted(prefix, secret, address, number),
                                "{\"subject\":\"%sbob\"}".formatted(prefix)))
                .expect(200)
                .json();

        assertEquals(2, state.path("imported").intValue());
        assertEquals(List.of("1 imported", "2 imported"), move.report());
        var ann = api.get("/v1/subjects/" + prefix + "ann").expect(200).json();
        assertEquals("on", ann.path("two_factor").textValue());
        assertEquals("ann@example.com", ann.path("email").textValue());
        assertEquals("Ann", ann.path("display_name").textValue());
        assertEquals("de", ann.path("locale").textValue());
        assertEquals(0, ann.path("recovery_codes_left").intValue());
        assertEquals("Old phone", ann.at("/factors/0/label").textValue());
        assertTrue(ann.at("/factors/0/default").booleanValue());
        assertEquals(
                List.of("totp", "email", "sms"),
                IntStream.range(0, 3)
                        .mapToObj(i -> ann.at("/factors/" + i + "/type").textValue())
                        .toList());
        assertEquals(
                "off", api.get("/v1/subjects/" + prefix + "bob").expect(200).text("two_factor"));
        assertEquals(
                List.of("2025-11-02 10:00"),
                sql.texts(
                        "select to_char(activated_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') from factor where id = ?::uuid",
                        ann.at("/factors/1/id").textValue()));
        var challenge = challenge(prefix + "ann");
        verify(challenge, ann.at("/factors/0/id").textValue(), Totp.codeAt(secret, Instant.now()))
                .expect(200);
        for (var i : List.of(1, 2)) {
            var destination = i == 1 ? address : number;
            var factor = ann.at("/factors/" + i + "/id").textValue();
            var next = challenge(prefix + "ann");
            api.post("/v1/challenges/" + next + "/send", Map.of("factor", factor))
                    .expect(202);
            verify(next, factor, Correspondent.codes(postern, destination, 1).getLast())
                    .expect(200);
        }
        assertEquals(
                List.of(),
                postern.mail().mailsTo("ann@example.com").stream()
                        .filter(mail -> mail.text().contains(prefix))
                        .toList());
    }

    /** The secret that moved is the one that is asked for afterwards, in whatever form it was written. */
    @Test
    void secretsAreReadInTheFormsThatProductsWrite() {
        var secret = Move.secret(16);
        var padded = new Base32().encodeToString(new Base32().decode(secret));
        var grouped =
                secret.toLowerCase(Locale.ROOT).replaceAll("(.{4})", "$1 ").strip();
        var move = Move.begin(operator);

        move.send(0, List.of(Move.line(prefix + 1, padded), Move.line(prefix + 2, grouped)))
                .expect(200);

        for (var subject : List.of(prefix + 1, prefix + 2)) {
            var challenge = challenge(subject);
            verify(challenge, factor(subject), Totp.codeAt(secret, Instant.now()))
                    .expect(200);
        }
    }

    /** A person's recovery codes come with their next visit. */
    @Test
    void importedPersonMakesRecoveryCodesWithAProof() {
        var secret = Move.secret(20);
        Move.begin(operator).send(0, List.of(Move.line(prefix, secret))).expect(200);
        var path = "/v1/subjects/" + prefix;
        api.post(path + "/recovery-codes").expectProblem(403, "verification_required");
        var challenge = api.post(
                        "/v1/challenges",
                        Map.of("subject", prefix, "purpose", "step_up", "action", "new_recovery_codes"))
                .expect(201)
                .text("id");
        var proof = verify(challenge, factor(prefix), Totp.codeAt(secret, Instant.now()))
                .expect(200)
                .text("verification_token");

        api.with("X-Verification-Token", proof).post(path + "/recovery-codes").expect(201);

        assertEquals(
                10, api.get(path).expect(200).json().path("recovery_codes_left").intValue());
    }

    @Test
    void sameLineAgainIsThereAlready() {
        var line = Move.line(prefix, Move.secret(20));
        var move = Move.begin(operator);
        move.send(0, List.of(line, line)).expect(200);
        move.send(2, List.of(line)).expect(200);
        var another = Move.begin(operator);
        another.send(0, List.of(line)).expect(200);

        assertEquals(List.of("1 imported", "2 already_there", "3 already_there"), move.report());
        assertEquals(List.of("1 already_there"), another.report());
        assertEquals(1, factors(prefix));
    }

    /** RULES F6: whoever has two-factor on is not touched, whatever the scopes of the caller. */
    @Test
    void nobodyWhoseTwoFactorIsOnGetsAnother() {
        var person = Person.enrolled(postern, api);
        var before = api.get(person.path()).expect(200).body();
        var move = Move.begin(operator);

        move.send(
                        0,
                        List.of(
                                Move.line(person.subject(), Move.secret(20)),
                                "{\"subject\":\"%s\",\"email\":\"thief@example.com\"}".formatted(person.subject()),
                                Move.line(prefix, Move.secret(20)),
                                Move.line(prefix, Move.secret(20))))
                .expect(200);

        assertEquals(
                List.of("1 refused two_factor_on", "2 already_there", "3 imported", "4 refused two_factor_on"),
                move.report());
        assertEquals(before, api.get(person.path()).expect(200).body());
        assertEquals(1, factors(prefix));
    }

    @Test
    void whatIsKnownOfAPersonStays() {
        api.put("/v1/subjects/" + prefix, Map.of("email", "known@example.com")).expect(201);
        var line = "{\"subject\":\"%s\",\"email\":\"other@example.com\",\"display_name\":\"Ann\"}".formatted(prefix);
        var move = Move.begin(operator);
        move.send(0, List.of(line, line)).expect(200);

        var subject = api.get("/v1/subjects/" + prefix).expect(200);
        assertEquals("known@example.com", subject.text("email"));
        assertEquals("Ann", subject.text("display_name"));
        assertEquals(List.of("1 imported", "2 already_there"), move.report());
    }

    /** RULES F3: a person's challenges and pending factors from before count for nothing. */
    @Test
    void importEndsPendingFactorsAndRaisesTheVersion() {
        api.put("/v1/subjects/" + prefix, Map.of()).expect(201);
        api.post("/v1/subjects/" + prefix + "/factors", Map.of("type", "totp")).expect(201);
        Move.begin(operator)
                .send(0, List.of(Move.line(prefix, Move.secret(20))))
                .expect(200);

        assertEquals(1, factors(prefix));
        assertEquals(1, sql.number("select version from subject where external_id = ?", prefix));
    }

    @Test
    void faultyLinesLeaveTheOthersIn() {
        var good = Move.secret(20);
        var faulty = new LinkedHashMap<String, String>();
        faulty.put("not json", "malformed_request");
        faulty.put("", "malformed_request");
        faulty.put("null", "malformed_request");
        faulty.put("[]", "malformed_request");
        faulty.put("{\"subject\":\"@\"} {}", "malformed_request");
        faulty.put("{\"subject\":12}", "malformed_request subject");
        faulty.put("{\"subject\":\"..\"}", "malformed_request subject");
        faulty.put("{\"subject\":\"a\\u0000b\"}", "malformed_request subject");
        faulty.put("{\"subject\":\"" + "x".repeat(129) + "\"}", "malformed_request subject");
        faulty.put("{\"email\":\"a@example.com\"}", "malformed_request subject");
        faulty.put("{\"subject\":\"@\",\"subject\":\"@\"}", "malformed_request");
        faulty.put("{\"subject\":\"@\",\"e_mail\":\"a@example.com\"}", "malformed_request e_mail");
        faulty.put("{\"subject\":\"@\",\"email\":\"no address\"}", "malformed_request email");
        faulty.put("{\"subject\":\"@\",\"factors\":[null]}", "malformed_request factors[0].<list element>");
        faulty.put("{\"subject\":\"@\",\"factors\":[{\"type\":\"totp\"}]}", "malformed_request factors[0].secret");
        faulty.put(
                with("\"type\":\"totp\",\"secret\":\"%s\",\"address\":\"a@example.com\"".formatted(good)),
                "malformed_request factors[0].address");
        faulty.put(with("\"type\":\"pager\",\"address\":\"a\""), "malformed_request factors[0].type");
        faulty.put(with("\"type\":\"totp\",\"secret\":\"%s\",\"digits\":8".formatted(good)), "totp_not_supported 0");
        faulty.put(with("\"type\":\"totp\",\"secret\":\"%s\",\"period\":60".formatted(good)), "totp_not_supported 0");
        faulty.put(
                with("\"type\":\"totp\",\"secret\":\"%s\",\"algorithm\":\"SHA256\"".formatted(good)),
                "totp_not_supported 0");
        faulty.put(with("\"type\":\"totp\",\"secret\":\"%s\"".formatted(Move.secret(15))), "invalid_secret 0");
        faulty.put(with("\"type\":\"totp\",\"secret\":\"%s\"".formatted(Move.secret(65))), "invalid_secret 0");
        faulty.put(with("\"type\":\"totp\",\"secret\":\"%s1\"".formatted(good)), "invalid_secret 0");
        faulty.put(with("\"type\":\"totp\",\"secret\":\"%sA\"".formatted(good)), "invalid_secret 0");
        faulty.put(with("\"type\":\"email\",\"address\":\"nobody\""), "invalid_address 0");
        faulty.put(with("\"type\":\"sms\",\"phone_number\":\"+19005550123\""), "invalid_phone_number 0");
        faulty.put(with("\"type\":\"sms\",\"phone_number\":\"+447400123456\""), "region_not_allowed 0");
        faulty.put(
                with("\"type\":\"sms\",\"phone_number\":\"+14155550123\",\"verified_at\":\"2999-01-01T00:00:00Z\""),
                "malformed_request factors[0].verified_at");
        faulty.put(
                with("\"type\":\"sms\",\"phone_number\":\"+14155550123\",\"verified_at\":\"-9999-01-01T00:00:00Z\""),
                "malformed_request factors[0].verified_at");
        faulty.put(with("\"type\":\"recovery_code\""), "factor_not_allowed 0");
        faulty.put(
                "{\"subject\":\"@\",\"factors\":[{\"type\":\"totp\",\"secret\":\"%s\"},{\"type\":\"totp\",\"secret\":\"%s\"}]}"
                        .formatted(good, good.toLowerCase(Locale.ROOT)),
                "factor_exists 1");
        faulty.put(
                "{\"subject\":\"@\",\"factors\":[{\"type\":\"email\",\"address\":\"a@example.com\"},{\"type\":\"email\",\"address\":\"A@Example.com\"}]}",
                "factor_exists 1");
        var lines = new ArrayList<String>();
        var expected = new ArrayList<String>();
        faulty.forEach((line, refusal) -> {
            lines.add(Move.line(prefix + lines.size(), Move.secret(20)));
            expected.add(lines.size() + " imported");
            lines.add(line.replace("\"@\"", "\"" + prefix + "faulty\""));
            expected.add(lines.size() + " refused " + refusal);
        });
        var log = FaultLog.from(postern);
        var move = Move.begin(operator);

        var state = move.send(0, lines).expect(200).json();

        assertEquals(expected, move.report());
        assertEquals(faulty.size(), state.path("imported").intValue());
        assertEquals(faulty.size(), state.path("refused").intValue());
        assertEquals(lines.size(), state.path("lines_done").intValue());
        assertEquals(0, sql.number("select count(*) from subject where external_id = ?", prefix + "faulty"));
        assertEquals(faulty.size(), sql.number("select count(*) from subject where external_id like ?", prefix + "%"));
        assertEquals(List.of(), log.entries());
    }

    @Test
    void bytesThatAreNoTextSpoilTheirLineOnly() {
        var move = Move.begin(operator);
        var first = Move.line(prefix + 1, Move.secret(20)).getBytes(StandardCharsets.UTF_8);
        var buffer = new ByteArrayOutputStream();
        buffer.writeBytes(first);
        buffer.writeBytes(new byte[] {'\n', (byte) 0xff, (byte) 0xfe, 0, '\r', '\n'});
        buffer.writeBytes(Move.line(prefix + 2, Move.secret(20)).getBytes(StandardCharsets.UTF_8));

        move.send(0, buffer.toByteArray()).expect(200);

        assertEquals(List.of("1 imported", "2 refused malformed_request", "3 imported"), move.report());
    }

    @Test
    void factorsThatThePolicyDoesNotAllowAreRefused() {
        var policy = "update application set policy = ?::jsonb where id = 'demo-admin'";
        sql.change(policy, "{\"allowed_factors\": [\"email\"], \"sms_regions\": [\"GB\"]}");
        try {
            var move = Move.begin(operator);
            move.send(0, List.of(Move.line(prefix, Move.secret(20)))).expect(200);
            assertEquals(List.of("1 refused factor_not_allowed 0"), move.report());
        } finally {
            sql.change(policy, "{}");
        }
    }

    @Test
    void erasedPersonIsNotImported() {
        var person = Person.enrolled(postern, api);
        operator.with("X-Actor", "desk-7")
                .with("X-Reason", "Asked for it")
                .delete(person.path())
                .expect(204);
        var move = Move.begin(operator);

        move.send(0, List.of(Move.line(person.subject(), Move.secret(20)), Move.line(prefix, Move.secret(20))))
                .expect(200);

        assertEquals(List.of("1 refused subject_erased", "2 imported"), move.report());
        api.get(person.path()).expectProblem(404, "not_found");
    }

    @Test
    void sameIdInAnotherApplicationIsNotTouched() {
        var secret = Move.secret(20);
        postern.api(SeededClient.OTHER_ADMIN)
                .put("/v1/subjects/" + prefix, Map.of())
                .expect(201);
        var other = postern.everyScope(SeededClient.OTHER_ADMIN, 1);
        var move = Move.begin(operator);

        move.through(other).send(0, List.of(Move.line(prefix, secret))).expectProblem(404, "not_found");
        move.send(0, List.of(Move.line(prefix, secret))).expect(200);

        assertEquals("off", other.get("/v1/subjects/" + prefix).expect(200).text("two_factor"));
        assertEquals("on", api.get("/v1/subjects/" + prefix).expect(200).text("two_factor"));
    }

    /** RULES H4, C4: secrets, addresses and numbers are sealed, and stand in no log, metric, report or store. */
    @Test
    void nothingThatMovedIsLeftInClear() {
        var secret = Move.secret(20);
        var refused = Move.secret(12);
        var address = Correspondent.newAddress();
        var number = Correspondent.newNumber();
        var move = Move.begin(operator);
        move.send(
                        0,
                        List.of(
                                Move.line(prefix + 1, secret),
                                Move.line(prefix + 2, refused),
                                "{\"subject\":\"%s3\",\"factors\":[{\"type\":\"email\",\"address\":\"%s\"},{\"type\":\"sms\",\"phone_number\":\"%s\"}]}"
                                        .formatted(prefix, address, number),
                                Move.line(prefix + 4, secret) + secret))
                .expect(200);
        assertEquals(2, move.state().path("imported").intValue());

        var texts = List.of(
                secret,
                refused,
                address,
                number,
                HexFormat.of().formatHex(new Base32().decode(secret)),
                HexFormat.of().formatHex(address.getBytes(StandardCharsets.UTF_8)));
        var places = new Places(postern);
        for (var store : List.of(places.ofPostgres(), places.ofRedis(), places.ofCopies())) {
            store.forEach((place, content) ->
                    texts.forEach(text -> assertFalse(content.contains(text), () -> place + " holds " + text)));
        }
    }

    /** RULES F5, where the operator asks for it. */
    @Test
    void peopleAreToldWhenTheOperatorAsksForIt() {
        var address = Correspondent.newAddress();
        var line = "{\"subject\":\"%s%d\",\"email\":\"%s\",\"factors\":[{\"type\":\"totp\",\"secret\":\"%s\"}]}";
        var silent = Correspondent.newAddress();
        Move.begin(operator)
                .send(0, line.formatted(prefix, 1, silent, Move.secret(20)))
                .expect(200);
        Move.begin(operator, true)
                .send(0, line.formatted(prefix, 2, address, Move.secret(20)))
                .expect(200);

        Await.until(SOON, "told", () -> !postern.mail().mailsTo(address).isEmpty());
        assertEquals(1, postern.mail().mailsTo(address).size());
        assertEquals(List.of(), postern.mail().mailsTo(silent));
    }

    /** RULES F4, H5: the import names who and why, and each factor has its row. */
    @Test
    void importIsAudited() {
        var before = sql.number(
                "select count(*) from audit_event where type = 'import_begun' and actor = 'ops-3' and client_id = 'demo-operator'");
        Move.begin(operator)
                .send(0, List.of(Move.line(prefix, Move.secret(20))))
                .expect(200);

        assertEquals(
                before + 1,
                sql.number(
                        "select count(*) from audit_event where type = 'import_begun' and actor = 'ops-3' and client_id = 'demo-operator'"));
        assertEquals(
                List.of("totp demo-operator"),
                sql.texts(
                        "select e.factor_type || ' ' || e.client_id from audit_event e join subject s on s.id = e.subject_id"
                                + " where e.type = 'factor_imported' and s.external_id = ? and e.factor_id is not null",
                        prefix));
    }

    /** RULES H3 */
    @Test
    void repeatedBeginningIsOneImport() {
        var keyed = operator.with("Idempotency-Key", UUID.randomUUID().toString());
        var first = Move.begin(keyed);
        var again = Move.begin(keyed);
        assertEquals(first.id(), again.id());
    }

    private String challenge(String subject) {
        return api.post("/v1/challenges", Map.of("subject", subject, "purpose", "sign_in"))
                .expect(201)
                .text("id");
    }

    private Answer verify(String challenge, String factor, String code) {
        return api.post("/v1/challenges/" + challenge + "/verify", Map.of("factor", factor, "code", code));
    }

    /** A line with one factor. */
    private static String with(String members) {
        return "{\"subject\":\"@\",\"factors\":[{" + members + "}]}";
    }

    private String factor(String subject) {
        return api.get("/v1/subjects/" + subject)
                .expect(200)
                .json()
                .at("/factors/0/id")
                .textValue();
    }

    private long factors(String subject) {
        return sql.number(
                "select count(*) from factor f join subject s on s.id = f.subject_id where s.external_id = ?", subject);
    }
}
