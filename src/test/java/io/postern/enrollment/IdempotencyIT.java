package io.postern.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.crypto.KeyRing;
import io.postern.crypto.KeyedHash;
import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Forger;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.subject.SlotTags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** RULES H3: a repeated call gives what the first one made, and no secret a second time. */
final class IdempotencyIT {

    private static final String HEADER = "Idempotency-Key";

    private final Postern postern = Postern.shared();
    private final Api first = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api second = postern.api(SeededClient.DEMO_ADMIN, 1);
    private final String key = UUID.randomUUID().toString();

    @Test
    void repeatedEnrollmentGivesTheSameFactorWithoutItsSecret() {
        var person = Person.registered(postern, first);
        var body = Map.of("type", "totp", "label", "Phone");
        var begun = first.with(HEADER, key).post(person.path("/factors"), body).expect(201);

        var again = second.with(HEADER, key).post(person.path("/factors"), body).expect(201);

        assertEquals(begun.text("id"), again.text("id"));
        assertEquals("Phone", again.text("label"));
        assertEquals("no-store", again.header("Cache-Control").orElseThrow());
        for (var secret : List.of("secret", "otpauth_uri", "qr_svg")) {
            assertTrue(begun.json().has(secret));
            assertFalse(again.json().has(secret));
        }
        assertFalse(again.body().contains(begun.text("secret")));
        assertEquals(
                1, first.get(person.path("/factors")).json().path("factors").size());
    }

    @Test
    void repeatedChallengeIsTheSame() {
        var person = Person.enrolled(postern, first);
        var made = person.challenge(first.with(HEADER, key), Map.of("purpose", "sign_in"))
                .expect(201);

        var again = person.challenge(second.with(HEADER, key), Map.of("purpose", "sign_in"))
                .expect(201);

        assertEquals(made.json(), again.json());
        person.verify(made.text("id"), person.code()).expect(200);
        var afterwards = person.challenge(second.with(HEADER, key), Map.of("purpose", "sign_in"))
                .expect(201);
        assertEquals("approved", afterwards.text("status"));
        assertFalse(afterwards.body().contains("token"));
    }

    @Test
    void keyBelongsToOneBody() {
        var person = Person.enrolled(postern, first);
        person.challenge(first.with(HEADER, key), Map.of("purpose", "sign_in")).expect(201);

        person.challenge(second.with(HEADER, key), Map.of("purpose", "step_up")).expectProblem(422, "key_reused");
        person.challenge(second.with(HEADER, key), Map.of("purpose", "sign_in", "nonce", "n"))
                .expectProblem(422, "key_reused");

        var pending = Person.registered(postern, first);
        var keyed = first.with(HEADER, key);
        keyed.post(pending.path("/factors"), Map.of("type", "totp", "label", "A"))
                .expect(201);
        keyed.post(pending.path("/factors"), Map.of("type", "totp", "label", "B"))
                .expectProblem(422, "key_reused");
    }

    /** Of one client, one path and one subject. */
    @Test
    void sameKeyElsewhereIsAnother() {
        var one = Person.registered(postern, first);
        var two = Person.registered(postern, first);
        var other = postern.api(SeededClient.OTHER_ADMIN);
        other.put(one.path(), Map.of()).expect(201);
        var ids = new HashSet<String>();

        for (var api : List.of(first, anotherClient(), other)) {
            ids.add(PendingApp.ask(api.with(HEADER, key), one).expect(201).text("id"));
        }
        ids.add(PendingApp.ask(first.with(HEADER, key), two).expect(201).text("id"));

        assertEquals(4, ids.size());
        two.challenge(first.with(HEADER, key), Map.of("purpose", "sign_in")).expect(200);
    }

    @Test
    void manyCallsAtOnceMakeOneThing() {
        var person = Person.registered(postern, first);

        var answers =
                Burst.of(20, number -> PendingApp.ask((number % 2 == 0 ? first : second).with(HEADER, key), person));

        var made = new HashSet<String>();
        var secrets = new ArrayList<String>();
        for (var answer : answers) {
            if (answer.status() == 201) {
                made.add(answer.text("id"));
                answer.json().findValuesAsText("secret").forEach(secrets::add);
            } else {
                answer.expectProblem(409, "in_flight");
                assertEquals("1", answer.header("Retry-After").orElseThrow());
            }
        }
        assertEquals(1, made.size());
        assertEquals(1, secrets.size());
        assertEquals(
                1, first.get(person.path("/factors")).json().path("factors").size());
    }

    /** The first call waits for the subject's row, which the test holds. */
    @Test
    void callInWorkIsSaidToBe() throws Exception {
        var person = Person.registered(postern, first);
        CompletableFuture<Answer> slow;
        try (var holder = postern.connect();
                var statement = holder.prepareStatement("select from subject where external_id = ? for update")) {
            holder.setAutoCommit(false);
            statement.setString(1, person.subject());
            statement.execute();
            slow = CompletableFuture.supplyAsync(
                    () -> PendingApp.ask(first.with(HEADER, key), person), Thread::startVirtualThread);
            Await.until(
                    Duration.ofSeconds(5),
                    "the first call has its key",
                    () -> !records(person).isEmpty());

            PendingApp.ask(second.with(HEADER, key), person).expectProblem(409, "in_flight");
            long left = millisLeft(records(person).getFirst());
            assertTrue(left > 0 && left <= 30_000, "a copy that dies holds the key no longer than this: " + left);
            holder.rollback();
        }
        var made = slow.join();
        assertTrue(made.status() == 201 || made.status() == 503, made.toString());
    }

    @Test
    void callThatFailedLeavesNothingBehind() {
        var person = Person.enrolled(postern, first);
        PendingApp.ask(first.with(HEADER, key), person).expectProblem(403, "verification_required");

        var proven = person.with(person.proof("add_factor")).with(HEADER, key);
        assertTrue(PendingApp.ask(proven, person).expect(201).json().has("secret"));
    }

    @Test
    void callThatMadeNothingIsDecidedAfresh() {
        var person = Person.registered(postern, first);
        var signIn = Map.of("purpose", "sign_in");
        assertEquals(
                "not_enrolled",
                person.challenge(first.with(HEADER, key), signIn).expect(200).text("status"));
        person.enroll();

        assertEquals(
                "pending",
                person.challenge(second.with(HEADER, key), signIn).expect(201).text("status"));
    }

    @Test
    void withoutAKeyEachCallIsTheFirst() {
        var person = Person.registered(postern, first);
        assertNotEquals(
                PendingApp.ask(first, person).expect(201).text("id"),
                PendingApp.ask(first, person).expect(201).text("id"));
    }

    @Test
    void keysAreVisibleAscii() {
        var person = Person.registered(postern, first);
        for (var bad : List.of("a b", "x".repeat(256))) {
            PendingApp.ask(first.with(HEADER, bad), person).expectProblem(400, "malformed_request");
        }
        PendingApp.ask(first.with(HEADER, "x".repeat(255)), person).expect(201);
    }

    /** A replay goes with ten minutes; what Redis keeps for it tells nothing. */
    @Test
    void redisKeepsNoSecretOfACall() {
        var person = Person.registered(postern, first);
        var keyed = first.with(HEADER, key);
        var begun = keyed.post(person.path("/factors"), Map.of("type", "totp", "label", "Aunt Agatha's phone"))
                .expect(201);

        var all = String.join("\n", everything());

        assertTrue(all.contains(begun.text("id")), "the search sees the record");
        var app = new PendingApp(person, begun.text("id"), begun.text("secret"));
        for (var secret : List.of(app.secret(), key, "Agatha", person.subject(), "person@example.com", app.code())) {
            assertFalse(all.contains(secret), secret);
        }
        for (var record : records(person)) {
            long left = millisLeft(record);
            assertTrue(left > 590_000 && left <= 600_000, "kept for ten minutes: " + left);
        }
    }

    /** Of the same application. */
    private Api anotherClient() {
        var token = Forger.with(postern.keys().access())
                .again(postern.accessToken(SeededClient.DEMO_ADMIN), claims -> claims.put("sub", "another-client"));
        return first.withToken(token);
    }

    private List<String> records(Person person) {
        var tag = new SlotTags(new KeyedHash(new KeyRing(postern.keys().ring()))).of("demo-admin", person.subject());
        return keys().stream()
                .filter(name -> name.startsWith("postern:{" + tag + "}:idempotency:"))
                .toList();
    }

    private long millisLeft(String name) {
        return Long.parseLong(String.valueOf(postern.redis().command("PTTL", name)));
    }

    private List<String> keys() {
        var keys = new ArrayList<String>();
        if (postern.redis().command("KEYS", "*") instanceof List<?> found) {
            found.forEach(name -> keys.add(String.valueOf(name)));
        }
        return keys;
    }

    private List<String> everything() {
        var everything = new ArrayList<String>(keys());
        for (var name : keys()) {
            var type = String.valueOf(postern.redis().command("TYPE", name));
            everything.add(String.valueOf(
                    switch (type) {
                        case "hash" -> postern.redis().command("HGETALL", name);
                        case "zset" -> postern.redis().command("ZRANGE", name, "0", "-1");
                        case "stream" -> postern.redis().command("XRANGE", name, "-", "+");
                        case "list" -> postern.redis().command("LRANGE", name, "0", "-1");
                        case "none" -> ""; // it has ended by now
                        default -> postern.redis().command("GET", name);
                    }));
        }
        return everything;
    }
}
