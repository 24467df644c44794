package io.postern.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.crypto.KeyRing;
import io.postern.crypto.KeyedHash;
import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Correspondent;
import io.postern.harness.FaultLog;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.harness.Totp;
import io.postern.ops.Places;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** RULES F6, F4, H5: the help desk erases a person, and nobody else; what is left leads to nobody. */
final class ErasureIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int PEOPLE = 16;

    /** Of somebody whose person is erased meanwhile; 503 is what a copy says that is given too much at once. */
    private static final Set<Integer> ANSWERS = Set.of(200, 404, 409, 503);

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api other = postern.api(SeededClient.DEMO_ADMIN, 1);
    private final Api desk =
            postern.api(SeededClient.DEMO_OPERATOR, 1).with("X-Actor", "desk-7").with("X-Reason", "Asked for it");
    private final Sql sql = Sql.on(postern);

    @Test
    void nothingOfThePersonIsLeftButAPseudonym() {
        var former = Correspondent.newAddress();
        var email = Correspondent.newAddress();
        var mailbox = Correspondent.newAddress();
        var number = Correspondent.newNumber();
        var person = Person.registered(postern, api);
        api.put(person.path(), Map.of("email", former, "display_name", "Erase Me " + person.subject()))
                .expect(200);
        api.put(person.path(), Map.of("email", email)).expect(200);
        person.enroll();
        add(person, "email", mailbox);
        add(person, "sms", number);
        var ip = "2001:db8::" + Integer.toHexString(number.hashCode() & 0xffff) + ":7";
        var agent = "Agent of " + person.subject();
        var members = Map.of("purpose", "sign_in", "ip", ip, "user_agent", agent);
        var challenge = person.challenge(api, members).expect(201).text("id");
        person.verify(challenge, person.wrongCode()).expect(422);
        person.verify(challenge, person.code()).expect(200);
        api.with("Idempotency-Key", person.subject())
                .with("X-Verification-Token", person.proof("add_factor"))
                .post(person.path("/factors"), Map.of("type", "totp"))
                .expect(201);
        var pseudonym = sql.texts("select id from subject where external_id = ?", person.subject())
                .getFirst();
        var slot = challenge.substring(0, 22);
        assertTrue(traces(List.of(person.subject(), ip, agent)).size() >= 3, "a search finds what is there");

        desk.delete(person.path()).expect(204);

        var hashes = List.of(
                destination("email", mailbox),
                destination("sms", number),
                formerDigest(pseudonym, former),
                formerDigest(pseudonym, "person@example.com"));
        var traces = new ArrayList<>(List.of(person.subject(), former, email, mailbox, number, ip, agent));
        traces.addAll(hashes);
        Await.until(SOON, "told", () -> postern.mail().mailsTo(email).size() > 1);
        assertEquals(List.of(), traces(traces));
        for (var table : sql.texts("select table_name from information_schema.columns where column_name = 'subject_id'"
                + " and table_schema = 'public' and table_name not like 'audit_event%'")) {
            assertEquals(
                    0,
                    sql.number("select count(*) from " + table + " where subject_id = ?", Long.valueOf(pseudonym)),
                    table);
        }
        for (var key : List.of("failures", "recovery", "sends")) {
            var name = "postern:{" + slot + "}:" + key;
            Await.until(
                    SOON, "gone", () -> Long.valueOf(0).equals(postern.redis().command("EXISTS", name)));
        }
        assertTrue(sql.number("select count(*) from audit_event where subject_id = ?", Long.valueOf(pseudonym)) > 5);
    }

    /** RULES F5: the last that they hear, while somebody still knows where they are. */
    @Test
    void addressesAreToldOfTheErasure() {
        var former = Correspondent.newAddress();
        var email = Correspondent.newAddress();
        var person = Person.registered(postern, api);
        api.put(person.path(), Map.of("email", former)).expect(200);
        api.put(person.path(), Map.of("email", email, "locale", "en")).expect(200);

        desk.delete(person.path()).expect(204);

        for (var address : List.of(former, email)) {
            Await.until(SOON, "told", () -> !postern.mail().mailsTo(address).isEmpty());
            var mail = postern.mail().mailsTo(address).getFirst();
            assertTrue(mail.text().contains("was erased"), mail::text);
        }
    }

    /** RULES F4 */
    @Test
    void erasureNamesWhoDidItAndWhy() {
        var person = Person.enrolled(postern, api);
        var pseudonym = sql.number("select id from subject where external_id = ?", person.subject());

        desk.with("X-Reason", "Anfrage 4711, gepr%C3%BCft")
                .delete(person.path())
                .expect(204);

        assertEquals(
                List.of("desk-7 Anfrage 4711, geprüft demo-operator"),
                sql.texts(
                        "select actor || ' ' || reason || ' ' || client_id from audit_event where type = 'subject_erased' and subject_id = ?",
                        pseudonym));
    }

    /** RULES F4 */
    @Test
    void whoDoesNotSayWhoAndWhyErasesNobody() {
        var person = Person.enrolled(postern, api);
        var nobody = postern.api(SeededClient.DEMO_OPERATOR, 1);
        for (var call : List.of(
                nobody,
                nobody.with("X-Actor", "desk-7"),
                nobody.with("X-Reason", "Asked for it"),
                desk.with("X-Reason", "no"),
                desk.with("X-Reason", "x".repeat(501)),
                desk.with("X-Reason", "100%"),
                desk.with("X-Reason", "%ff%fe%fd"),
                desk.with("X-Reason", "a%0ab%0ac"),
                desk.with("X-Actor", "%20x"),
                desk.with("X-Actor", "x".repeat(129)))) {
            var refused = call.delete(person.path()).expectProblem(400, "malformed_request");
            assertTrue(refused.json().at("/errors/0/field").textValue().startsWith("X-"), refused.body());
            call.get(person.path("/export")).expectProblem(400, "malformed_request");
            call.post(person.path("/readmit")).expectProblem(400, "malformed_request");
        }
        api.with("X-Actor", "owner")
                .with("X-Reason", "I want to")
                .delete(person.path())
                .expectProblem(403, "insufficient_scope");
        assertEquals("on", api.get(person.path()).expect(200).text("two_factor"));
    }

    @Test
    void erasedIdIsNotRegisteredAgainForThirtyDays() {
        var person = Person.enrolled(postern, api);
        desk.delete(person.path()).expect(204);

        api.get(person.path()).expectProblem(404, "not_found");
        person.challenge(api, Map.of("purpose", "sign_in")).expectProblem(404, "not_found");
        other.put(person.path(), Map.of()).expectProblem(409, "subject_erased");
        desk.delete(person.path()).expectProblem(404, "not_found");
        assertEquals(0, sql.number("select count(*) from subject where external_id = ?", person.subject()));
        postern.api(SeededClient.OTHER_ADMIN).put(person.path(), Map.of()).expect(201);

        sql.change(
                "update erased_subject set ends_at = ends_at - interval '30 days 1 second' where digest = ?",
                digest(person));
        assertEquals("off", other.put(person.path(), Map.of()).expect(201).text("two_factor"));
    }

    /** For who comes back, or was erased by mistake. */
    @Test
    void helpDeskReadmitsAnErasedId() {
        var person = Person.enrolled(postern, api);
        desk.post(person.path("/readmit")).expectProblem(404, "not_found");
        desk.delete(person.path()).expect(204);
        postern.everyScope(SeededClient.OTHER_ADMIN, 0)
                .with("X-Actor", "desk-7")
                .with("X-Reason", "Not theirs")
                .post(person.path("/readmit"))
                .expectProblem(404, "not_found");
        api.put(person.path(), Map.of()).expectProblem(409, "subject_erased");

        desk.post(person.path("/readmit")).expect(204);

        assertEquals("off", api.put(person.path(), Map.of()).expect(201).text("two_factor"));
        assertTrue(sql.number("select count(*) from audit_event where type = 'subject_readmitted' and actor = 'desk-7'"
                        + " and subject_id is null")
                > 0);
    }

    /** A proof and a challenge from before find nobody. */
    @Test
    void openChallengesOfTheErasedComeToNothing() {
        var person = Person.enrolled(postern, api);
        var challenge = person.challenge();
        var proof = person.proof("disable");
        var code = person.code();
        desk.delete(person.path()).expect(204);
        desk.post(person.path("/readmit")).expect(204);
        api.put(person.path(), Map.of()).expect(201);

        person.verify(challenge, code).expectProblem(409, "challenge_closed");
        person.with(proof).post(person.path("/disable")).expect(204); // it was off already
    }

    @Test
    void erasureAndSignInAtOnceNeitherFailNorLeaveAnything() {
        var log = FaultLog.from(postern);
        var people = IntStream.range(0, PEOPLE)
                .mapToObj(number -> Person.enrolled(postern, api))
                .toList();
        var challenges = people.stream().map(Person::challenge).toList();
        var codes = people.stream().map(Person::code).toList();
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            int number = i;
            calls.add(() -> people.get(number).verify(api, challenges.get(number), codes.get(number)));
            calls.add(() -> erase(people.get(number)));
        }

        var answers = Burst.of(calls);

        for (int i = 0; i < PEOPLE; i++) {
            assertTrue(ANSWERS.contains(answers.get(2 * i).status()), answers.get(2 * i)::toString);
            answers.get(2 * i + 1).expect(204);
            assertEquals(
                    0,
                    sql.number(
                            "select count(*) from factor where id = ?::uuid",
                            people.get(i).factor()));
        }
        assertEquals(List.of(), log.entries());
    }

    /** RULES H5: its row is written while the erasure waits for the factor. */
    @Test
    void signInThatIsUnderWayLeavesNoAddress() throws Exception {
        var person = Person.enrolled(postern, api);
        var pseudonym = sql.number("select id from subject where external_id = ?", person.subject());
        try (var signIn = postern.connect();
                var statement = signIn.createStatement()) {
            signIn.setAutoCommit(false);
            statement.execute("update factor set failures = failures + 1 where id = '" + person.factor() + "'");
            statement.execute("insert into audit_event (application_id, subject_id, type, ip, user_agent)"
                    + " values ('demo-admin', " + pseudonym + ", 'code_refused', '192.0.2.9', 'Firefox')");
            var erased = CompletableFuture.supplyAsync(() -> desk.delete(person.path()));
            Await.until(
                    SOON,
                    "it waits",
                    () -> sql.number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                    + " and query like 'delete%subject%'")
                            > 0);
            signIn.commit();
            erased.get(SOON.toSeconds(), TimeUnit.SECONDS).expect(204);
        }
        assertEquals(
                0,
                sql.number(
                        "select count(*) from audit_event where subject_id = ? and (ip is not null or user_agent is not null)",
                        pseudonym));
    }

    @Test
    void erasureAndActivationAtOnceNeitherFailNorLeaveAnything() {
        var log = FaultLog.from(postern);
        var people = IntStream.range(0, PEOPLE)
                .mapToObj(number -> Person.registered(postern, api))
                .toList();
        var pending = people.stream()
                .map(person -> api.post(person.path("/factors"), Map.of("type", "totp"))
                        .expect(201))
                .toList();
        List<Callable<Answer>> calls = new ArrayList<>();
        for (int i = 0; i < PEOPLE; i++) {
            var person = people.get(i);
            var factor = pending.get(i);
            calls.add(() -> api.post(
                    person.path("/factors/" + factor.text("id") + "/activate"),
                    Map.of("code", Totp.codeAt(factor.text("secret"), Instant.now()))));
            calls.add(() -> erase(person));
        }

        var answers = Burst.of(calls);

        for (int i = 0; i < PEOPLE; i++) {
            assertTrue(ANSWERS.contains(answers.get(2 * i).status()), answers.get(2 * i)::toString);
            answers.get(2 * i + 1).expect(204);
            assertEquals(
                    0,
                    sql.number(
                            "select count(*) from factor where id = ?::uuid",
                            pending.get(i).text("id")));
            api.get(people.get(i).path()).expectProblem(404, "not_found");
        }
        assertEquals(List.of(), log.entries());
    }

    /** A registration that was under way when the erasure began brings nobody back. */
    @Test
    void registrationsDuringAnErasureBringNobodyBack() {
        var log = FaultLog.from(postern);
        for (int round = 0; round < 10; round++) {
            var person = Person.registered(postern, api);
            List<Callable<Answer>> calls = new ArrayList<>();
            IntStream.range(0, 12)
                    .forEach(number -> calls.add(
                            () -> (number % 2 == 0 ? api : other).put(person.path(), Map.of("locale", "en"))));
            calls.add(6, () -> erase(person));

            var answers = Burst.of(calls);

            answers.remove(6).expect(204);
            answers.forEach(answer -> assertTrue(
                    Set.of(200, 503).contains(answer.status())
                            || (Set.of(404, 409).contains(answer.status())
                                    && Set.of("not_found", "subject_erased").contains(answer.text("code"))),
                    answer::toString));
            assertEquals(0, sql.number("select count(*) from subject where external_id = ?", person.subject()));
        }
        assertEquals(List.of(), log.entries());
    }

    /** As an operator does: again after a 503. */
    private Answer erase(Person person) {
        var answer = desk.delete(person.path());
        for (int tries = 0; tries < 20 && answer.status() == 503; tries++) {
            answer = desk.delete(person.path());
        }
        return answer;
    }

    private void add(Person person, String type, String destination) {
        var proven = person.with(person.proof("add_factor"));
        var pending = Correspondent.begin(proven, person.path(), type, destination)
                .expect(201)
                .text("id");
        var code = Correspondent.codes(postern, destination, 1).getFirst();
        proven.post(person.path("/factors/" + pending + "/activate"), Map.of("code", code))
                .expect(200);
    }

    /** Where the texts stand in Postgres or Redis. */
    private List<String> traces(List<String> texts) {
        var places = new Places(postern);
        var found = new ArrayList<String>();
        for (var stores : List.of(places.ofPostgres(), places.ofRedis())) {
            stores.forEach((place, content) -> {
                var searched = content.toLowerCase(Locale.ROOT);
                texts.stream()
                        .filter(text -> searched.contains(text.toLowerCase(Locale.ROOT)))
                        .forEach(text -> found.add(text + " in " + place));
            });
        }
        return found;
    }

    private String destination(String type, String value) {
        return hex("destination", type, value.toLowerCase(Locale.ROOT));
    }

    private String formerDigest(String pseudonym, String address) {
        return hex("former address", pseudonym, address.toLowerCase(Locale.ROOT));
    }

    private String hex(String purpose, String... parts) {
        return HexFormat.of().formatHex(hash().of(purpose, parts));
    }

    private byte[] digest(Person person) {
        return hash().of("erased subject", "demo-admin", person.subject());
    }

    private KeyedHash hash() {
        return new KeyedHash(new KeyRing(postern.keys().ring()));
    }
}
