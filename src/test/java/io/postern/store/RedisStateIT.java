package io.postern.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Approvals;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** RULES H1 and H2: what Redis holds ends by itself, and nothing depends on its memory being right. */
final class RedisStateIT {
    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);

    /** RULES H1. */
    @Test
    void everyKeyEndsByItselfAndHasAHashTag() {
        var person = Person.enrolled(postern, api);
        person.challenge(api.with("Idempotency-Key", "key-of-" + person.subject()), Map.of("purpose", "sign_in"))
                .expect(201);
        person.verify(person.challenge(), person.wrongCode()).expectProblem(422, "invalid_code");
        Endpoint.token(Api.at(postern.second()), "client-of-" + person.subject())
                .expect(401);

        var keys = keys();
        assertTrue(keys.size() >= 4, keys::toString);
        for (var key : keys) {
            assertTrue(key.matches("postern:\\{([A-Za-z0-9_-]{22}|delivery:(email|sms))}:.+"), key);
            long millis = redis("PTTL", key) instanceof Long left ? left : 0;
            assertTrue(millis == -2 || millis > 0, () -> key + " has no end: " + millis); // −2: it has ended by now
        }
    }

    /** RULES H1: a challenge that ends while its code is decided does not come back, for it would never end. */
    @Test
    void challengeThatEndsInTheMiddleOfAVerifyStaysGone() throws Exception {
        var person = Person.enrolled(postern, api);
        var challenge = person.challenge();
        var code = person.code();
        try (var holder = postern.connect();
                var row = holder.prepareStatement("select from factor where id = ?::uuid for update");
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            holder.setAutoCommit(false);
            row.setString(1, person.factor());
            row.execute();
            var verify = pool.submit(() -> person.verify(challenge, code));
            Await.until(
                    Duration.ofSeconds(10),
                    "the try is claimed",
                    () -> "1".equals(redis("HGET", key(challenge), "tries")));
            redis("DEL", key(challenge)); // as its end does
            holder.rollback();
            verify.get(15, TimeUnit.SECONDS).expect(200);
        }
        assertEquals(0L, redis("EXISTS", key(challenge)));
    }

    /** RULES H4: not even sealed, once nothing needs it. */
    @Test
    void approvedChallengeKeepsNoSecretOfItsFactors() {
        var person = Person.enrolled(postern, api);
        var challenge = person.challenge();
        assertEquals(1L, redis("HEXISTS", key(challenge), "state"));
        person.verify(challenge, person.code()).expect(200);
        assertEquals(0L, redis("HEXISTS", key(challenge), "state"));
    }

    /** RULES H2: as when a replica that lags takes over. */
    @Test
    void challengeFromAnOlderRedisIsNotApprovedAgain() {
        var person = Person.enrolled(postern, api);
        var challenge = person.challenge();
        var keys = keys().stream()
                .filter(key -> key.contains(challenge.substring(0, 22)))
                .toList();
        assertFalse(keys.isEmpty());
        var older = keys.stream().map(key -> String.valueOf(redis("DUMP", key))).toList();
        var code = person.code();
        person.verify(challenge, code).expect(200);

        for (int i = 0; i < keys.size(); i++) {
            redis("RESTORE", keys.get(i), "600000", older.get(i), "REPLACE");
        }

        assertEquals(
                "pending", api.get("/v1/challenges/" + challenge).expect(200).text("status"));
        person.verify(challenge, code).expectProblem(422, "invalid_code");
        person.verify(challenge, person.code()).expectProblem(409, "challenge_closed");
        assertEquals(1, Approvals.on(postern).of(challenge));
        assertEquals(1, Approvals.on(postern).by(person.factor()));
        person.verify(person.challenge(), person.code()).expect(200);
    }

    /** RULES H1. */
    @Test
    void redisThatMayEvictIsNotReady() {
        redis("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
        try {
            requireReady(false);
        } finally {
            redis("CONFIG", "SET", "maxmemory-policy", "noeviction");
        }
        requireReady(true);
    }

    private static String key(String challenge) {
        return "postern:{" + challenge.substring(0, 22) + "}:challenge:" + challenge.substring(22);
    }

    private void requireReady(boolean ready) {
        for (int copy = 0; copy < 2; copy++) {
            var service = postern.copy(copy);
            Await.until(Duration.ofSeconds(15), "ready: " + ready, () -> service.isReady() == ready);
        }
    }

    private List<String> keys() {
        var keys = new ArrayList<String>();
        var cursor = "0";
        do {
            if (redis("SCAN", cursor, "COUNT", "1000") instanceof List<?> page
                    && page.getLast() instanceof List<?> found) {
                found.forEach(key -> keys.add(String.valueOf(key)));
                cursor = String.valueOf(page.getFirst());
            }
        } while (!cursor.equals("0"));
        return keys;
    }

    private @Nullable Object redis(String... words) {
        return postern.redis().command(words);
    }
}
