package io.postern.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Correspondent;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.harness.Totp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Enrolling addresses and numbers (RULES C2, E1, E3, F3). */
final class DestinationsIT {

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api other = postern.api(SeededClient.DEMO_ADMIN, 1);
    private final String path = register();

    private String register() {
        var subject = "/v1/subjects/destinations-" + UUID.randomUUID();
        api.put(subject, Map.of("email", Correspondent.newAddress())).expect(201);
        return subject;
    }

    @Test
    void addressProtectsOnlyOnceItsCodeCameBack() {
        var address = Correspondent.newAddress();
        var pending = begin("email", address).expect(201);

        assertEquals("pending", pending.text("status"));
        assertEquals("p•••@example.com", pending.text("destination"));
        assertEquals("queued", pending.text("delivery"));
        assertFalse(pending.body().contains(address));
        assertEquals("off", api.get(path).expect(200).text("two_factor"));

        var active = activate(pending, codeFor(address)).expect(200);
        assertEquals("active", active.text("status"));
        assertEquals(10, active.json().path("recovery_codes").size());
        assertEquals("on", api.get(path).expect(200).text("two_factor"));
    }

    @Test
    void addressesAndNumbersAreMaskedEverywhere() {
        var address = Correspondent.newAddress();
        var number = Correspondent.newNumber();
        activate(begin("email", address).expect(201), codeFor(address)).expect(200);
        begin("sms", number).expectProblem(403, "verification_required");
        for (var answer : List.of(api.get(path), api.get(path + "/factors"))) {
            assertFalse(answer.expect(200).body().contains(address));
            assertTrue(answer.body().contains("p•••@example.com"));
        }
        var stored = Sql.on(postern)
                .texts("select encode(secret, 'escape') || coalesce(encode(destination, 'escape'), '') from factor"
                        + " order by created_at desc limit 2");
        assertTrue(stored.stream().noneMatch(row -> row.contains("example.com")));
    }

    @ParameterizedTest
    @CsvSource({
        "+1 (415) 555-0123, +14155550123",
        "+1-604-555-1234, +16045551234",
        "+1.415.555.1234, +14155551234",
    })
    void numbersAreNormalized(String written, String e164) {
        postern.redis().command("FLUSHALL");
        var before = postern.sms().messagesTo(e164).size();
        var pending = begin("sms", written).expect(201);
        var active = activate(pending, code(e164, before + 1)).expect(200);
        assertEquals("+•••••••••" + e164.substring(10), active.text("destination"));
    }

    /** RULES E3: the region counts, not the dialling code. */
    @ParameterizedTest
    @CsvSource({
        "+18765550123, JM",
        "+447400123456, GB",
        "+17875551234, PR",
        "+493012345678, none",
        "+4915123456789, DE",
    })
    void otherRegionsAreRefusedUntilAllowed(String number, String region) {
        var refused = begin("sms", number);
        if (region.equals("none")) {
            refused.expectProblem(422, "invalid_phone_number"); // a landline
            return;
        }
        assertEquals(region, refused.expectProblem(422, "region_not_allowed").text("region"));
        var sql = Sql.on(postern);
        sql.change(
                "update application set policy = ('{\"sms_regions\":[\"' || ? || '\"]}')::jsonb where id = 'demo-admin'",
                region);
        try {
            begin("sms", number).expect(201);
            begin("sms", Correspondent.newNumber()).expectProblem(422, "region_not_allowed");
        } finally {
            sql.change("update application set policy = '{}' where id = 'demo-admin'");
        }
    }

    /** RULES E3: it is kept, and no message goes there. */
    @Test
    void numberOfARegionThatIsNoLongerAllowedGetsNoCode() {
        var person = Correspondent.bySms(postern, api);
        var sql = Sql.on(postern);
        sql.change("update application set policy = '{\"sms_regions\":[\"DE\"]}' where id = 'demo-admin'");
        try {
            person.send(person.challenge()).expectProblem(409, "factor_unavailable");
        } finally {
            sql.change("update application set policy = '{}' where id = 'demo-admin'");
        }
        person.send(person.challenge()).expect(202);
    }

    /** RULES E3: premium, toll-free, shared cost, a pager, too short, too long, no number. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "+19005550123",
                "+18005550123",
                "+448450123456",
                "+1415555",
                "+141555501234567",
                "4155550123",
                "004915123456789",
                "+1415555CODE",
                "+14155550123;ext=5",
                "tel:+14155550123",
                "++14155550123",
                "+1\u0664\u06615550123",
            })
    void whatIsNoMobileNumberIsRefused(String number) {
        begin("sms", number).expectProblem(422, "invalid_phone_number");
        assertEquals(
                0, api.get(path + "/factors").expect(200).json().path("factors").size());
    }

    /** RFC 5321, and nothing by which a header could be forged. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "a@b",
                "a@localhost",
                "@example.com",
                "a@",
                "a b@example.com",
                "a@exa mple.com",
                "\"a\"@example.com",
                "a@example.com,b@example.com",
                "a@[127.0.0.1]",
                "<a@example.com>",
                "a..b@example.com",
                ".a@example.com",
                "a@-example.com",
                "a@example..com",
                "a%0d%0aBcc:b@example.com ",
                "\u00e4@example.com",
            })
    void whatIsNoAddressIsRefused(String address) {
        var refused = begin("email", address);
        assertTrue(
                address.startsWith("a%") ? refused.status() == 422 || refused.status() == 400 : refused.status() == 422,
                refused::toString);
        assertEquals(
                0, api.get(path + "/factors").expect(200).json().path("factors").size());
    }

    @Test
    void domainsAreWrittenAsMailServersWantThem() {
        var local = "p-" + UUID.randomUUID();
        begin("email", local + "@B\u00dcCHER.example").expect(201);
        assertFalse(codeFor(local + "@xn--bcher-kva.example").isEmpty());
    }

    @Test
    void fieldsBelongToTheirType() {
        for (var body : List.of(
                Map.of("type", "totp", "address", "a@example.com"),
                Map.of("type", "email", "phone_number", "+14155550123"),
                Map.of("type", "email"),
                Map.of("type", "sms"),
                Map.of("type", "sms", "phone_number", "+14155550123", "address", "a@example.com"),
                Map.of("type", "recovery_code"))) {
            api.post(path + "/factors", body).expectProblem(400, "malformed_request");
        }
    }

    /** RULES F3: five in all, on both copies, however many codes were sent. */
    @Test
    void guessesAtOnceOverBothCopiesAreFiveTries() {
        var address = Correspondent.newAddress();
        var pending = begin("email", address).expect(201);
        var right = codeFor(address);
        var target = path + "/factors/" + pending.text("id") + "/activate";
        var answers = Burst.of(
                60, number -> (number % 2 == 0 ? api : other).post(target, Map.of("code", "%06d".formatted(number))));

        assertEquals(
                5, answers.stream().filter(answer -> answer.status() == 422).count());
        api.post(target, Map.of("code", right)).expectProblem(409, "factor_closed");
        api.post(path + "/factors/" + pending.text("id") + "/send").expectProblem(409, "factor_closed");
    }

    /** RULES C2, E1: the one before stays good, and a resend has to wait. */
    @Test
    void anotherCodeCanBeSentToAPendingFactor() {
        var address = Correspondent.newAddress();
        var pending = begin("email", address).expect(201);
        var resend = path + "/factors/" + pending.text("id") + "/send";
        api.post(resend).expectProblem(429, "too_many_sends");
        postern.redis().command("FLUSHALL");
        var again = begin("email", Correspondent.newAddress()).expect(201);
        assertEquals("pending", again.text("status"));
        activate(pending, codeFor(address)).expectProblem(422, "invalid_code"); // the emptied Redis forgot it
        api.post(resend).expect(202);
        activate(pending, code(address, 2)).expect(200);
        api.post(resend).expectProblem(409, "factor_closed");
    }

    /** RULES H3. */
    @Test
    void repeatedCallSendsOnce() {
        var address = Correspondent.newAddress();
        var pending = begin("email", address).expect(201);
        codeFor(address);
        postern.redis().command("FLUSHALL");
        var once = api.with("Idempotency-Key", UUID.randomUUID().toString());
        var resend = path + "/factors/" + pending.text("id") + "/send";
        var first = once.post(resend).expect(202);

        assertEquals(first.text("resend_after"), once.post(resend).expect(202).text("resend_after"));
        activate(pending, code(address, 2)).expect(200);
    }

    /** Half done is not done: what cannot be sent leaves no pending factor. */
    @Test
    void factorWhoseCodeCannotBeSentIsNotLeftBehind() {
        var address = Correspondent.newAddress();
        for (int i = 0; i < 3; i++) {
            begin("email", address).expect(201);
            Sql.on(postern)
                    .change(
                            "delete from factor where status = 'pending' and subject_id ="
                                    + " (select id from subject where external_id = ?)",
                            path.substring("/v1/subjects/".length()));
        }
        begin("email", address).expectProblem(429, "too_many_sends");
        assertEquals(
                0, api.get(path + "/factors").expect(200).json().path("factors").size());
    }

    /** RULES F3: whoever has only the password does not bind a factor of their own. */
    @Test
    void policyMayAskForACodeToTheKnownAddressBeforeAFirstFactor() {
        var email = Correspondent.newAddress();
        api.put(path, Map.of("email", email)).expect(200);
        var sql = Sql.on(postern);
        sql.change("update application set policy = '{\"confirm_email_first\":true}' where id = 'demo-admin'");
        try {
            var pending = api.post(path + "/factors", Map.of("type", "totp")).expect(201);
            assertEquals("p•••@example.com", pending.text("confirmation_sent_to"));
            var factor = path + "/factors/" + pending.text("id");
            var confirmation = codeFor(email);
            var code = Totp.codeAt(pending.text("secret"), Instant.now());

            api.post(factor + "/activate", Map.of("code", code)).expectProblem(422, "invalid_code");
            api.post(factor + "/activate", Map.of("code", code, "email_code", Correspondent.wrong(confirmation)))
                    .expectProblem(422, "invalid_code");
            api.post(factor + "/activate", Map.of("code", "no code", "email_code", confirmation))
                    .expectProblem(422, "invalid_code");
            api.post(factor + "/send-confirmation").expectProblem(429, "too_many_sends");
            api.post(factor + "/activate", Map.of("code", code, "email_code", confirmation))
                    .expect(200);
        } finally {
            sql.change("update application set policy = '{}' where id = 'demo-admin'");
        }
    }

    /** RULES H3. */
    @Test
    void repeatedCallSendsTheConfirmationOnce() {
        var email = Correspondent.newAddress();
        api.put(path, Map.of("email", email)).expect(200);
        var sql = Sql.on(postern);
        sql.change("update application set policy = '{\"confirm_email_first\":true}' where id = 'demo-admin'");
        try {
            var pending = api.post(path + "/factors", Map.of("type", "totp")).expect(201);
            codeFor(email);
            postern.redis().command("FLUSHALL");
            var once = api.with("Idempotency-Key", UUID.randomUUID().toString());
            var send = path + "/factors/" + pending.text("id") + "/send-confirmation";
            once.post(send).expect(202);
            once.post(send).expect(202);
            assertEquals(2, Correspondent.codes(postern, email, 2).size());
        } finally {
            sql.change("update application set policy = '{}' where id = 'demo-admin'");
        }
    }

    /** RULES E1: nobody's phone rings all day because somebody registers many people. */
    @Test
    void bombingOfOneNumberThroughManySubjectsStopsAtTheLimit() {
        var number = Correspondent.newNumber();
        var second = postern.api(SeededClient.OTHER_ADMIN, 1);
        var subjects = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            subjects.add("/v1/subjects/bomber-" + UUID.randomUUID());
            (i % 2 == 0 ? api : second)
                    .put(subjects.get(i), Map.of("locale", "en"))
                    .expect(201);
        }
        var answers = Burst.of(
                20,
                attempt -> Correspondent.begin(attempt % 2 == 0 ? api : second, subjects.get(attempt), "sms", number));

        assertEquals(
                3, answers.stream().filter(answer -> answer.status() == 201).count());
        assertEquals(
                17, answers.stream().filter(answer -> answer.status() == 429).count());
        assertEquals(3, Correspondent.codes(postern, number, 3).size());
    }

    @Test
    void sameAddressIsEnrolledOnce() {
        var person = Correspondent.byMail(postern, api);
        var proof = person.proof("add_factor");
        var proven = api.with("X-Verification-Token", proof);
        Correspondent.begin(proven, person.path(), "email", person.destination().toUpperCase(Locale.ROOT))
                .expectProblem(409, "factor_exists");
        Correspondent.begin(proven, person.path(), "email", Correspondent.newAddress())
                .expect(201);
    }

    /** RULES F2: the lower of the new factor's level and the highest active one's. */
    @Test
    void proofOfLevelOneAddsAnAppToAMailbox() {
        var person = Correspondent.byMail(postern, api);
        var proven = api.with("X-Verification-Token", person.proof("add_factor"));
        proven.post(person.path() + "/factors", Map.of("type", "totp")).expect(201);
    }

    /** RULES F2: two-factor is not turned off by a mailbox where there is an app. */
    @Test
    void proofOfLevelOneDoesNotDisableLevelTwo() {
        var person = Person.enrolled(postern, api);
        var address = Correspondent.newAddress();
        var mailbox = addMailbox(person, address);

        person.with(proofByMail(person, "disable", mailbox, address))
                .post(person.path("/disable"))
                .expectProblem(403, "verification_required");
    }

    /** RULES F2: the level of what is removed. */
    @Test
    void proofOfLevelOneRemovesAMailboxAndNoApp() {
        var person = Person.enrolled(postern, api);
        var address = Correspondent.newAddress();
        var mailbox = addMailbox(person, address);
        var proven = person.with(proofByMail(person, "remove_factor", mailbox, address));

        proven.delete(person.path("/factors/" + person.factor())).expectProblem(403, "verification_required");
        proven.delete(person.path("/factors/" + mailbox)).expect(204);
    }

    private String addMailbox(Person person, String address) {
        var proven = person.with(person.proof("add_factor"));
        var mailbox = Correspondent.begin(proven, person.path(), "email", address)
                .expect(201)
                .text("id");
        proven.post(person.path("/factors/" + mailbox + "/activate"), Map.of("code", codeFor(address)))
                .expect(200);
        return mailbox;
    }

    private String proofByMail(Person person, String action, String mailbox, String address) {
        var challenge = person.challenge(api, Map.of("purpose", "step_up", "action", action))
                .expect(201)
                .text("id");
        postern.redis().command("DEL", "postern:{" + challenge.substring(0, 22) + "}:sends");
        api.post("/v1/challenges/" + challenge + "/send", Map.of("factor", mailbox))
                .expect(202);
        return api.post("/v1/challenges/" + challenge + "/verify", Map.of("factor", mailbox, "code", code(address, 2)))
                .expect(200)
                .text("verification_token");
    }

    private Answer begin(String type, String destination) {
        return Correspondent.begin(api, path, type, destination);
    }

    private Answer activate(Answer pending, String code) {
        return api.post(path + "/factors/" + pending.text("id") + "/activate", Map.of("code", code));
    }

    private String codeFor(String destination) {
        return code(destination, 1);
    }

    private String code(String destination, int count) {
        return Correspondent.codes(postern, destination, count).getLast();
    }
}
