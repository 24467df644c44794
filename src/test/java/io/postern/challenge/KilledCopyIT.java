package io.postern.challenge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Approvals;
import io.postern.harness.Burst;
import io.postern.harness.ExtraCopy;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** RULES B5 and DESIGN section 6: a copy that is killed in the middle approves nothing twice and forgets no try. */
final class KilledCopyIT {
    private static final int PEOPLE = 40;
    private static final int ANSWERED = 5;
    private static final int NO_ANSWER = 0;

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Approvals approvals = Approvals.on(postern);
    private final Sql sql = Sql.on(postern);

    /** Every second one has a wrong code. */
    private record Attempt(Person person, String challenge, String code, boolean right) {}

    @Test
    void killedCopyApprovesNothingTwiceAndForgetsNoTry() {
        var attempts = IntStream.range(0, PEOPLE).mapToObj(this::attempt).toList();
        List<Integer> statuses;
        try (var copy = ExtraCopy.of(postern, Map.of())) {
            statuses = verifyAndKill(copy, attempts);
        }
        Await.until(
                Duration.ofSeconds(5),
                "its statements have ended",
                () -> sql.number("select count(*) from pg_stat_activity where usename = 'postern' and state = 'active'")
                        == 0);
        assertTrue(statuses.contains(NO_ANSWER), () -> "The copy was killed too late: " + statuses);
        for (int i = 0; i < PEOPLE; i++) {
            requireCounted(attempts.get(i), statuses.get(i));
            requireOneApproval(attempts.get(i), statuses.get(i));
        }
    }

    private Attempt attempt(int number) {
        var person = Person.enrolled(postern, api);
        boolean right = number % 2 == 0;
        return new Attempt(person, person.challenge(), right ? person.code() : person.wrongCode(), right);
    }

    private static List<Integer> verifyAndKill(ExtraCopy copy, List<Attempt> attempts) {
        var dying = copy.api(SeededClient.DEMO_ADMIN);
        var answered = new CountDownLatch(ANSWERED);
        List<Callable<Integer>> calls = new ArrayList<>();
        for (var attempt : attempts) {
            calls.add(() -> {
                try {
                    return attempt.person()
                            .verify(dying, attempt.challenge(), attempt.code())
                            .status();
                } catch (UncheckedIOException e) {
                    return NO_ANSWER;
                } finally {
                    answered.countDown();
                }
            });
        }
        calls.add(() -> {
            assertTrue(answered.await(10, TimeUnit.SECONDS));
            copy.kill();
            return NO_ANSWER;
        });
        return Burst.of(calls).subList(0, attempts.size());
    }

    /** What Postgres decided was charged in Redis before. */
    private void requireCounted(Attempt attempt, int status) {
        long failures = sql.number(
                "select failures from factor where id = ?::uuid",
                attempt.person().factor());
        long tries = Long.parseLong(String.valueOf(postern.redis().command("HGET", key(attempt.challenge()), "tries")));
        boolean decided = failures > 0 || approvals.of(attempt.challenge()) > 0;
        assertTrue(!decided || tries == 1, attempt::toString);
        assertEquals(status == 422, status != NO_ANSWER && failures == 1, attempt::toString);
    }

    /** On a copy that lives, the same code is still good only where it had not been taken. */
    private void requireOneApproval(Attempt attempt, int status) {
        long before = approvals.of(attempt.challenge());
        int again = attempt.person()
                .verify(api, attempt.challenge(), attempt.code())
                .status();
        if (!attempt.right()) {
            assertEquals(0, before, attempt::toString);
            assertEquals(422, again, attempt::toString);
        } else {
            assertTrue(status != 200 || before == 1, attempt::toString);
            assertEquals(before == 0, again == 200, attempt::toString);
            assertEquals(1, approvals.by(attempt.person().factor()), attempt::toString);
        }
        assertNotEquals(500, again);
    }

    private static String key(String challenge) {
        return "postern:{" + challenge.substring(0, 22) + "}:challenge:" + challenge.substring(22);
    }
}
