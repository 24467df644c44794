package io.postern.operating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.postern.embedded.Await;
import io.postern.embedded.PostgresPair;
import io.postern.embedded.SeededClient;
import io.postern.embedded.Watchdog;
import io.postern.harness.Api;
import io.postern.harness.Postern;
import io.postern.harness.Totp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * RULES B5, B6: with a standby that has each commit before it is answered, no answer is lost when it takes over. See
 * docs/operations/high-availability.md.
 */
final class PostgresPairIT {
    private static final Duration FAILOVER = Duration.ofSeconds(30);
    private static final int PEOPLE = 12;
    private static final int BEFORE = 4;

    /**
     * Somebody with an app whose first code was spent by the enrollment.
     *
     * @param code the next one, of the step that begins within half a minute
     */
    private record Enrolled(String subject, String factor, String code, String challenge) {}

    @Test
    void standbyThatTakesOverHasEveryAnsweredApprovalAndEnrollment() throws Exception {
        var watchdog = Watchdog.start();
        try (var pair = PostgresPair.start(true, watchdog);
                var postern = Postern.start(options(pair));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var api = postern.api(SeededClient.DEMO_ADMIN, 0);
            var other = postern.api(SeededClient.DEMO_ADMIN, 1);
            var people = new ArrayList<Enrolled>();
            for (int number = 0; number < PEOPLE; number++) {
                people.add(enroll(api));
            }
            var answers = new ArrayList<Integer>();
            people.subList(0, BEFORE).forEach(person -> answers.add(verify(other, person)));
            assertEquals(List.of(200, 200, 200, 200), answers);

            pair.standby().kill(); // it learns of nothing more
            var late = verifyAtOnce(threads, other, people.subList(BEFORE, PEOPLE));
            pair.primary().kill();
            pair.standby().start();
            pair.promote();
            answers.addAll(late);
            heals(api);
            heals(other);

            for (int number = 0; number < PEOPLE; number++) {
                requireKept(pair, people.get(number), answers.get(number));
                assertNotEquals(500, answers.get(number));
            }
            assertFalse(answers.subList(BEFORE, PEOPLE).contains(200), answers::toString);
            for (int number = 0; number < BEFORE; number++) {
                assertNotEquals(200, verify(api, again(api, people.get(number)))); // the code is spent there too
            }
        } finally {
            watchdog.close();
        }
    }

    private static Postern.Options options(PostgresPair pair) {
        var options = Postern.Options.DEFAULT;
        for (var setting : pair.environment().entrySet()) {
            options = options.withEnvironment(setting.getKey(), setting.getValue());
        }
        return options;
    }

    private static Enrolled enroll(Api api) {
        var subject = "person-" + UUID.randomUUID();
        var path = "/v1/subjects/" + subject;
        api.put(path, Map.of()).expect(201);
        var pending = api.post(path + "/factors", Map.of("type", "totp")).expect(201);
        var secret = pending.text("secret");
        var factor = pending.text("id");
        var now = Instant.now();
        api.post(path + "/factors/" + factor + "/activate", Map.of("code", Totp.codeAt(secret, now)))
                .expect(200);
        return new Enrolled(subject, factor, Totp.codeAt(secret, now.plus(Totp.STEP)), challenge(api, subject));
    }

    private static String challenge(Api api, String subject) {
        return api.post("/v1/challenges", Map.of("subject", subject, "purpose", "sign_in"))
                .expect(201)
                .text("id");
    }

    private static Enrolled again(Api api, Enrolled person) {
        return new Enrolled(person.subject(), person.factor(), person.code(), challenge(api, person.subject()));
    }

    private static int verify(Api api, Enrolled person) {
        return api.post(
                        "/v1/challenges/" + person.challenge() + "/verify",
                        Map.of("factor", person.factor(), "code", person.code()))
                .status();
    }

    private static List<Integer> verifyAtOnce(ExecutorService threads, Api api, List<Enrolled> people)
            throws Exception {
        var running = new ArrayList<Future<Integer>>();
        people.forEach(person -> running.add(threads.submit(() -> verify(api, person))));
        var answers = new ArrayList<Integer>();
        for (var answer : running) {
            answers.add(answer.get(FAILOVER.toSeconds(), TimeUnit.SECONDS));
        }
        return answers;
    }

    private static void heals(Api api) {
        Await.until(
                FAILOVER,
                "somebody is registered",
                () -> api.put("/v1/subjects/healed-" + UUID.randomUUID(), Map.of())
                                .status()
                        == 201);
    }

    private static void requireKept(PostgresPair pair, Enrolled person, int answer) {
        assertEquals(
                1,
                PostgresPair.count(
                        pair.standby(),
                        "select count(*) from factor where id = ?::uuid and status = 'active'",
                        person.factor()),
                person::toString);
        long approvals = PostgresPair.count(
                pair.standby(),
                "select count(*) from audit_event where type = 'challenge_approved' and factor_id = ?::uuid",
                person.factor());
        assertEquals(answer == 200, approvals == 1, () -> person + ": " + answer);
    }
}
