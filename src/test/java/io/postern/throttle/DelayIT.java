package io.postern.throttle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Approvals;
import io.postern.harness.ExtraCopy;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.SecondApp;
import io.postern.harness.Sql;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RULES D1 and D4: who fails ten times waits, and nothing but time and success helps. */
final class DelayIT {
    private final Postern postern = Postern.shared();
    private final Api first = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api second = postern.api(SeededClient.DEMO_ADMIN, 1);
    private final Person person = Person.enrolled(postern, first);
    private final String challenge = person.challenge();
    private final StoredFailures failures = StoredFailures.of(postern, challenge);

    /** RULES D1: min(30·2^(n−10), 3600) s after the last failure. */
    @ParameterizedTest
    @CsvSource({"10, 30", "11, 60", "12, 120", "13, 240", "14, 480", "15, 960", "16, 1920", "17, 3600", "90, 3600"})
    void delayGrowsWithTheFailures(int count, long seconds) {
        failures.set(2, person.factor(), count);
        failures.setAge(0);
        long wait = retryAfter(person.verify(challenge, person.wrongCode()));
        assertTrue(wait > seconds - 5 && wait <= seconds, () -> "waits " + wait);

        failures.setAge(seconds - 5);
        person.verify(challenge, person.wrongCode()).expectProblem(429, "too_many_attempts");

        failures.setAge(seconds);
        person.verify(challenge, person.wrongCode()).expectProblem(422, "invalid_code");
        assertEquals(Map.of("2:" + person.factor(), Integer.toString(count + 1)), failures.counts());
    }

    /** RULES D1. */
    @Test
    void nineFailuresDelayNobody() {
        failures.set(2, person.factor(), 9);
        failures.setAge(0);
        person.verify(challenge, person.code()).expect(200);
    }

    /** RULES D1: in a delay nothing is compared, counted or consumed. */
    @Test
    void rightCodeInADelayIsNeitherTakenNorSpent() {
        var code = person.code();
        failures.set(2, person.factor(), 10);
        failures.setAge(0);
        var counts = failures.counts();

        person.verify(challenge, code).expectProblem(429, "too_many_attempts");

        assertEquals(counts, failures.counts());
        var left = first.get("/v1/challenges/" + challenge).expect(200).json().path("attempts_remaining");
        assertEquals(5, left.intValue());
        assertEquals(0, failuresInPostgres());
        assertEquals(0, Approvals.on(postern).by(person.factor()));
        failures.setAge(30);
        person.verify(challenge, code).expect(200);
    }

    /** RULES D1: the subject's delay follows the sum over the factors. */
    @Test
    void failuresOfAllFactorsAddUp() {
        var tablet = SecondApp.of(person, first);
        fail(5, tablet);
        for (int i = 0; i < 4; i++) {
            person.verify(person.challenge(), person.wrongCode()).expectProblem(422, "invalid_code");
        }
        assertEquals(2, failures.counts().size());
        var open = person.challenge();
        person.verify(open, person.wrongCode()).expectProblem(422, "invalid_code");
        person.verify(open, person.code()).expectProblem(429, "too_many_attempts");
        tablet.verify(first, open, tablet.code()).expectProblem(429, "too_many_attempts");
    }

    /** RULES D1: a success clears the shares of factors of the same or a lower level, and no others. */
    @Test
    void successClearsTheSharesUpToItsLevel() {
        var stronger = "3:" + UUID.randomUUID();
        failures.set(1, UUID.randomUUID().toString(), 2);
        failures.set(2, UUID.randomUUID().toString(), 2);
        failures.set(2, person.factor(), 1);
        failures.set(3, stronger.substring(2), 4);
        failures.setAge(0);

        person.verify(challenge, person.code()).expect(200);

        assertEquals(Map.of(stronger, "4"), failures.counts());
    }

    /** RULES D1: a delay that is over does not come back with a later try that was right. */
    @Test
    void sharesThatASuccessLeavesKeepTheirOwnTime() {
        failures.set(3, UUID.randomUUID().toString(), 10);
        failures.setAge(31);

        person.verify(challenge, person.code()).expect(200);

        person.verify(person.challenge(), person.code()).expect(200);
    }

    /** RULES D1: all lapses 24 hours after the last failure. */
    @Test
    void failuresLapseADayAfterTheLast() {
        person.verify(challenge, person.wrongCode()).expectProblem(422, "invalid_code");
        failures.endIn(Duration.ofMillis(1));
        Await.until(Duration.ofSeconds(5), "lapsed", () -> failures.counts().isEmpty());
        failures.set(2, person.factor(), 1);
        failures.endIn(Duration.ofMinutes(1));
        person.verify(challenge, person.wrongCode()).expectProblem(422, "invalid_code");
        long life = failures.life();
        assertTrue(
                life > Duration.ofHours(23).toMillis()
                        && life <= Duration.ofHours(24).toMillis(),
                () -> life + " ms");
    }

    /** RULES D4. */
    @Test
    void nothingButTimeEndsTheDelay() {
        fail(5, person.challenge());
        fail(5, person.challenge());
        var elsewhere = person.challenge(second, Map.of("purpose", "sign_in"))
                .expect(201)
                .text("id");
        person.verify(second, elsewhere, person.code()).expectProblem(429, "too_many_attempts");
        first.put(person.path(), Map.of("display_name", "Somebody")).expect(200);
        first.post(person.path("/disable")).expectProblem(403, "verification_required");
        person.verify(challenge, person.code()).expectProblem(429, "too_many_attempts");
        try (var restarted = ExtraCopy.of(postern, Map.of())) {
            var api = restarted.api(SeededClient.DEMO_ADMIN);
            var fresh = person.challenge(api, Map.of("purpose", "sign_in")).expect(201);
            person.verify(api, fresh.text("id"), person.code()).expectProblem(429, "too_many_attempts");
        }
        assertEquals(10, failuresInPostgres());
    }

    private void fail(int times, String at) {
        for (int i = 0; i < times; i++) {
            person.verify(at, person.wrongCode()).expectProblem(422, "invalid_code");
        }
    }

    private void fail(int times, SecondApp app) {
        var at = person.challenge();
        for (int i = 0; i < times; i++) {
            app.verify(second, at, "no code").expectProblem(422, "invalid_code");
        }
    }

    private static long retryAfter(Answer answer) {
        return Long.parseLong(answer.expectProblem(429, "too_many_attempts")
                .header("Retry-After")
                .orElseThrow());
    }

    private long failuresInPostgres() {
        return Sql.on(postern).number("select failures from factor where id = ?::uuid", person.factor());
    }
}
