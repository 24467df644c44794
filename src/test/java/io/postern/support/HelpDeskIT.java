package io.postern.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Computer;
import io.postern.harness.Correspondent;
import io.postern.harness.Operation;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.SecondApp;
import io.postern.harness.Sql;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RULES F4: the help desk acts without a proof, and nobody else does; who and why is always known. */
final class HelpDeskIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Sql sql = Sql.on(postern);
    private final String actor = "desk-" + UUID.randomUUID();
    private final Desk desk = Desk.of(postern, actor, 1);

    /** Every call of the help desk. */
    static List<Operation> calls() {
        return Operation.ALL.stream()
                .filter(call -> call.path().startsWith("/v1/support/"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void frontEndIsRefused(Operation call) {
        var target = Operation.Target.of(Person.enrolled(postern, api));
        call.call(api, target).expectProblem(403, "insufficient_scope");
        assertEquals("on", api.get("/v1/subjects/" + target.subject()).text("two_factor"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void nobodyIsHelpedWithoutAnActorAndAReason(Operation call) {
        var target = Operation.Target.of(Person.enrolled(postern, api));
        var path = call.pathOf(target);
        for (var missing : List.of("actor", "reason")) {
            var body = body(call, actor, "A reason");
            body.remove(missing);
            refused(path, body, missing);
        }
        refused(path, body(call, actor, "no"), "reason");
        refused(path, body(call, actor, "n".repeat(501)), "reason");
        refused(path, body(call, "", "A reason"), "actor");
        refused(path, body(call, "a".repeat(129), "A reason"), "actor");
        desk.api().post(path).expect(400);
        assertEquals(0, sql.number("select count(*) from audit_event where actor = ?", actor));
    }

    private static Map<String, Object> body(Operation call, String actor, String reason) {
        var body = new HashMap<String, Object>(Map.of("actor", actor, "reason", reason));
        if (call.path().endsWith("/lift-freeze")) {
            body.put("suspended", "discard");
        }
        if (call.path().endsWith("/rename")) {
            body.put("name", "At home");
        }
        return body;
    }

    private void refused(String path, Map<String, ?> body, String field) {
        var problem = desk.api().post(path, body).expectProblem(400, "malformed_request");
        assertEquals(field, problem.json().path("errors").path(0).path("field").textValue(), problem::toString);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void nobodyActsForThemselves(Operation call) {
        var target = Operation.Target.of(Person.enrolled(postern, api));
        var myself = body(call, target.subject(), "It is me");
        desk.api().post(call.pathOf(target), myself).expectProblem(403, "own_account");
        assertEquals("on", api.get("/v1/subjects/" + target.subject()).text("two_factor"));
        assertEquals(0, sql.number("select count(*) from audit_event where actor = ?", target.subject()));
    }

    /** Those too that only look, and those that find nothing to do. */
    @ParameterizedTest
    @MethodSource("calls")
    void everyCallHasItsAuditRow(Operation call) {
        var target = Operation.Target.of(Person.enrolled(postern, api));
        var body = body(call, actor, Desk.REASON);

        assertTrue(desk.api().post(call.pathOf(target), body).status() < 300);

        assertTrue(sql.number(
                        "select count(*) from audit_event a join subject s on s.id = a.subject_id"
                                + " where s.external_id = ? and a.actor = ? and a.reason = ? and a.client_id = ?",
                        target.subject(),
                        actor,
                        Desk.REASON,
                        SeededClient.DEMO_OPERATOR.id())
                >= 1);
    }

    @Test
    void lookUpShowsHowThingsStandAndNothingInFull() {
        var email = Correspondent.newAddress();
        var person = Person.registered(postern, api);
        api.put(person.path(), Map.of("email", email, "display_name", "Ann")).expect(200);
        var codes = person.enroll().json().path("recovery_codes");
        var computer = Computer.of(person);
        for (int i = 0; i < 10; i++) {
            person.verify(person.challenge(), person.wrongCode()).expectProblem(422, "invalid_code");
        }
        sql.change("update factor set failures = 100, locked_at = now() where id = ?::uuid", person.factor());
        var code = desk.code(person);

        var shown = desk.call(person, "/look-up").expect(200);

        assertEquals("no-store", shown.header("Cache-Control").orElseThrow());
        var json = shown.json();
        assertEquals(person.subject(), json.path("subject").textValue());
        assertEquals("p•••@example.com", json.path("email").textValue());
        assertEquals("Ann", json.path("display_name").textValue());
        assertEquals("on", json.path("two_factor").textValue());
        var factor = json.path("factors").path(0);
        assertEquals(person.factor(), factor.path("id").textValue());
        assertEquals(100, factor.path("failures").intValue());
        assertTrue(factor.path("locked_at").isTextual(), shown::body);
        assertTrue(factor.path("last_used_at").isTextual(), shown::body);
        assertTrue(json.path("delayed_until").isTextual(), shown::body);
        assertEquals(10, json.path("sends").path("left").intValue());
        assertEquals(10, json.path("recovery_codes_left").intValue());
        assertEquals(computer.device(), json.path("devices").path(0).path("id").textValue());
        assertEquals("live", json.path("bypass_code").path("status").textValue());
        assertEquals("bypass_code_made", json.at("/audit_events/0/type").textValue());
        assertEquals(actor, json.at("/audit_events/0/actor").textValue());
        for (var secret : List.of(email, person.secret(), code.text("code"), computer.token())) {
            assertFalse(shown.body().contains(secret), secret);
        }
        codes.forEach(recovery -> assertFalse(shown.body().contains(recovery.textValue())));
    }

    @Test
    void lookUpTellsWhichMessagesAreLeft() {
        var correspondent = Correspondent.byMail(postern, api);
        correspondent.send(correspondent.challenge()).expect(202);
        var body = Map.of("actor", actor, "reason", Desk.REASON);
        var shown = desk.api()
                .post("/v1/support/subjects/" + correspondent.subject() + "/look-up", body)
                .expect(200);
        assertEquals(9, shown.json().path("sends").path("left").intValue(), shown::body);
        assertFalse(shown.body().contains(correspondent.destination()), shown::body);
    }

    @Test
    void resetTakesEverythingAndTellsAllAddresses() {
        var email = Correspondent.newAddress();
        var mailbox = Correspondent.newAddress();
        var person = Person.registered(postern, api);
        api.put(person.path(), Map.of("email", email, "locale", "en")).expect(200);
        person.enroll();
        add(person, mailbox);
        var computer = Computer.of(person);
        var open = person.challenge();

        desk.call(person, "/reset").expect(204);

        assertEquals("off", api.get(person.path()).expect(200).text("two_factor"));
        assertEquals(
                "not_enrolled", person.challenge(Map.of("purpose", "sign_in")).text("status"));
        person.verify(open, person.code()).expectProblem(409, "challenge_closed");
        assertEquals(0, sql.number("select count(*) from remembered_device where id = ?::uuid", computer.device()));
        assertEquals(
                List.of("devices_forgotten", "subject_reset", "two_factor_disabled"),
                sql.texts("select type from audit_event where actor = ? order by type", actor));
        for (var address : List.of(email, mailbox)) {
            told(address, "turned off", "the help desk of Demo admin area");
        }
    }

    /** RULES F3. */
    @Test
    void removalTakesOneFactorAndVoidsOpenChallenges() {
        var email = Correspondent.newAddress();
        var person = Person.registered(postern, api);
        api.put(person.path(), Map.of("email", email, "locale", "en")).expect(200);
        person.enroll();
        var tablet = SecondApp.of(person, api);
        var open = person.challenge();

        desk.call(person, "/factors/" + person.factor() + "/remove").expect(204);

        tablet.verify(api, open, tablet.code()).expectProblem(409, "challenge_closed");
        var factors = api.get(person.path("/factors")).expect(200).json().path("factors");
        assertEquals(1, factors.size());
        assertEquals(tablet.factor(), factors.path(0).path("id").textValue());
        told(email, "was removed", "the help desk of Demo admin area");
    }

    @Test
    void pendingFactorIsNotTheirs() {
        var person = Person.registered(postern, api);
        var pending = api.post(person.path("/factors"), Map.of("type", "totp")).expect(201);
        desk.call(person, "/factors/" + pending.text("id") + "/remove").expectProblem(409, "factor_not_active");
        desk.call(person, "/factors/" + pending.text("id") + "/unlock").expectProblem(409, "factor_not_active");
    }

    /** RULES D3. */
    @Test
    void unlockedFactorSignsInAgain() {
        var person = Person.enrolled(postern, api);
        sql.change("update factor set failures = 100, locked_at = now() where id = ?::uuid", person.factor());

        desk.call(person, "/factors/" + person.factor() + "/unlock").expect(204);

        person.verify(person.challenge(), person.code()).expect(200);
        assertEquals(List.of("factor_unlocked"), sql.texts("select type from audit_event where actor = ?", actor));
    }

    /** RULES D4: not even the help desk resets the count of failures. */
    @Test
    void nothingOfTheHelpDeskEndsADelay() {
        var person = Person.enrolled(postern, api);
        for (int i = 0; i < 10; i++) {
            person.verify(person.challenge(), person.wrongCode()).expectProblem(422, "invalid_code");
        }
        desk.call(person, "/look-up").expect(200);
        desk.call(person, "/factors/" + person.factor() + "/unlock").expect(204);
        desk.call(person, "/devices/forget").expect(204);
        person.verify(person.challenge(), person.code()).expectProblem(429, "too_many_attempts");
    }

    /** RULES G2. */
    @Test
    void forgottenComputersAreAskedAgain() {
        var email = Correspondent.newAddress();
        var person = Person.enrolled(postern, api);
        var computer = Computer.of(person);
        var proven = person.with(person.proof("change_email"));
        proven.put(person.path(), Map.of("email", email, "locale", "en")).expect(200);

        desk.call(person, "/devices/forget").expect(204);

        computer.signIn().expect(201);
        told(email, "No computer is remembered", "the help desk of Demo admin area");
    }

    /** RULES G2. */
    @Test
    void oneForgottenComputerIsAskedAgainAndNoOther() {
        var email = Correspondent.newAddress();
        var person = Person.enrolled(postern, api);
        var proven = person.with(person.proof("change_email"));
        proven.put(person.path(), Map.of("email", email, "locale", "en")).expect(200);
        var lost = Computer.of(person);
        var kept = Computer.of(person);
        var path = "/devices/" + lost.device() + "/forget";

        desk.call(person, path).expect(204);

        lost.signIn().expect(201);
        kept.signIn().expect(200);
        told(email, "A computer is no longer remembered", "the help desk of Demo admin area");
        desk.call(person, path).expectProblem(404, "not_found");
        var strangers = Computer.of(Person.enrolled(postern, api));
        desk.call(person, "/devices/" + strangers.device() + "/forget").expectProblem(404, "not_found");
        strangers.signIn().expect(200);
    }

    @Test
    void computerIsRenamedAndLetsInAsBefore() {
        var person = Person.enrolled(postern, api);
        var computer = Computer.of(person);
        var path = "/devices/" + computer.device() + "/rename";

        var renamed = desk.call(person, path, Map.of("name", "At home")).expect(200);

        assertEquals("At home", renamed.text("name"));
        var shown = desk.call(person, "/look-up").expect(200).json();
        assertEquals(renamed.json(), shown.at("/devices/0"));
        assertEquals(
                List.of("device_renamed", "subject_looked_up"),
                sql.texts("select type from audit_event where actor = ? order by type", actor));
        assertEquals(
                List.of(computer.device()),
                sql.texts(
                        "select details ->> 'device' from audit_event where actor = ? and type = 'device_renamed'",
                        actor));
        computer.signIn().expect(200);
        for (var name : List.of("", " ", "n".repeat(65), "two\nlines")) {
            desk.call(person, path, Map.of("name", name)).expectProblem(400, "malformed_request");
        }
        var strangers = Computer.of(Person.enrolled(postern, api));
        desk.call(person, "/devices/" + strangers.device() + "/rename", Map.of("name", "Mine"))
                .expectProblem(404, "not_found");
        assertEquals(0, sql.number("select count(*) from remembered_device where name = 'Mine'"));
    }

    /** RULES F5. */
    @Test
    void liftedFreezeLetsThePersonAddAgain() {
        var email = Correspondent.newAddress();
        var person = Person.registered(postern, api);
        api.put(person.path(), Map.of("email", email, "locale", "en")).expect(200);
        person.enroll();
        sql.change("update subject set frozen_at = now() where external_id = ?", person.subject());
        var shown = desk.call(person, "/look-up").expect(200).json();
        assertTrue(shown.path("frozen_since").isTextual(), shown::toString);
        desk.call(person, "/bypass-codes").expectProblem(409, "frozen");
        desk.call(person, "/lift-freeze").expect(400);

        desk.call(person, "/lift-freeze", Map.of("suspended", "reinstate")).expect(204);

        var after = desk.call(person, "/look-up").expect(200).json();
        assertTrue(after.path("frozen_since").isMissingNode());
        assertEquals(
                1, sql.number("select count(*) from audit_event where actor = ? and type = 'subject_unfrozen'", actor));
        SecondApp.of(person, api);
    }

    /** RULES F5: a reset is a revocation, which a freeze does not block; nobody gets in by it. */
    @Test
    void resetInAFreezeTakesSuspendedFactorsAndLetsNobodyIn() {
        var email = Correspondent.newAddress();
        var person = Person.registered(postern, api);
        api.put(person.path(), Map.of("email", email, "locale", "en")).expect(200);
        person.enroll();
        sql.change("update subject set frozen_at = now() where external_id = ?", person.subject());
        sql.change(
                "update factor set status = 'suspended', default_factor = false where id = ?::uuid", person.factor());
        var standing = desk.call(person, "/look-up").expect(200).json();
        assertEquals("suspended", standing.at("/factors/0/status").textValue());

        desk.call(person, "/reset").expect(204);

        assertEquals(0, sql.number("select count(*) from factor where id = ?::uuid", person.factor()));
        assertEquals(
                "blocked",
                person.challenge(Map.of("purpose", "sign_in")).expect(200).text("status"));
        told(email, "Every factor", "nobody can sign in", "the help desk of Demo admin area");
        assertFalse(postern.mail().mailsTo(email).stream()
                .anyMatch(mail -> mail.text().contains("password alone")));
        desk.call(person, "/lift-freeze", Map.of("suspended", "discard")).expect(204);
        assertEquals(
                "not_enrolled",
                person.challenge(Map.of("purpose", "sign_in")).expect(200).text("status"));
    }

    /** RULES F5: the help desk can be talked into a reset, and whoever reads the person's mail can take it back. */
    @Test
    void factorsThatAResetTookAreKeptForThePersonToBringBack() {
        var person = Person.enrolled(postern, api);
        desk.call(person, "/reset").expect(204);
        assertEquals(List.of("removed"), sql.texts("select status from factor where id = ?::uuid", person.factor()));
    }

    /** Only what the help desk needs goes without a proof: its scope opens no ordinary change. */
    @Test
    void scopeOfTheHelpDeskIsNoProof() {
        var person = Person.enrolled(postern, api);
        desk.api().post(person.path("/disable")).expectProblem(403, "insufficient_scope");
        var all = postern.everyScope(SeededClient.DEMO_ADMIN, 0);
        all.post(person.path("/disable")).expectProblem(403, "verification_required");
        all.delete(person.path("/factors/" + person.factor())).expectProblem(403, "verification_required");
    }

    private void add(Person person, String address) {
        var proven = person.with(person.proof("add_factor"));
        var pending = Correspondent.begin(proven, person.path(), "email", address)
                .expect(201)
                .text("id");
        var code = Correspondent.codes(postern, address, 1).getFirst();
        proven.post(person.path("/factors/" + pending + "/activate"), Map.of("code", code))
                .expect(200);
    }

    private void told(String address, String... words) {
        Await.until(
                SOON,
                "told " + String.join(" and ", words),
                () -> postern.mail().mailsTo(address).stream().anyMatch(mail -> holds(mail.text(), words)));
    }

    private static boolean holds(String text, String... words) {
        return Stream.of(words).allMatch(text::contains);
    }
}
