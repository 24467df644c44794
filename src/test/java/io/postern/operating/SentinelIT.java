package io.postern.operating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.RedisPair;
import io.postern.embedded.SeededClient;
import io.postern.embedded.Watchdog;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Approvals;
import io.postern.harness.Correspondent;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** RULES H2, D4: a replica takes over from a Redis that dies; docs/operations/high-availability.md says what that costs. */
final class SentinelIT {
    private static final Duration FAILOVER = Duration.ofSeconds(30);
    private static final int GUESSES = 12;

    @Test
    void replicaTakesOverAndNothingIsApprovedTwiceAndNoDelayIsForgotten() {
        var watchdog = Watchdog.start();
        try (var redis = RedisPair.start(watchdog);
                var postern = Postern.start(options(redis))) {
            var copies = List.of(postern.api(SeededClient.DEMO_ADMIN, 0), postern.api(SeededClient.DEMO_ADMIN, 1));
            var approvals = Approvals.on(postern);
            var open = Person.enrolled(postern, copies.getFirst());
            var challenge = open.challenge();
            var approved = Person.enrolled(postern, copies.getFirst());
            var approvedChallenge = approved.challenge();
            var code = approved.code();
            approved.verify(approvedChallenge, code).expect(200);
            var people =
                    copies.stream().map(copy -> Person.enrolled(postern, copy)).toList();
            var guessed = delayed(postern, copies.getFirst());
            redis.awaitCopied();

            redis.killFirst();
            var failures = untilAllSignInAgain(copies, people);

            failures.forEach(failure -> failure.expectProblem(503, "store_unavailable"));
            guessed.verify(guessed.challenge(), guessed.code()).expectProblem(429, "too_many_attempts");
            assertTrue(!failures.isEmpty() && redis.secondLeads());
            open.verify(copies.getLast(), challenge, open.code()).expect(200);
            assertEquals(1, approvals.of(challenge));
            approved.verify(copies.getLast(), approvedChallenge, code).expectProblem(409, "challenge_closed");
            assertEquals(1, approvals.by(approved.factor()));
            Correspondent.byMail(postern, copies.getLast()); // the queues' own client has followed too
        } finally {
            watchdog.close();
        }
    }

    private static Postern.Options options(RedisPair redis) {
        var options = Postern.Options.DEFAULT.withDelivery();
        for (var setting : redis.environment().entrySet()) {
            options = options.withEnvironment(setting.getKey(), setting.getValue());
        }
        return options;
    }

    /** Somebody whose codes were guessed at until they have to wait. */
    private static Person delayed(Postern postern, Api api) {
        var person = Person.enrolled(postern, api);
        Answer last;
        int tries = 0;
        do {
            var challenge = person.challenge();
            last = person.verify(challenge, person.wrongCode());
            tries++;
        } while (last.status() == 422 && tries < GUESSES);
        last.expectProblem(429, "too_many_attempts");
        return person;
    }

    /** What sign-ins through each copy answered until one went well again. */
    private static List<Answer> untilAllSignInAgain(List<Api> copies, List<Person> people) {
        var failures = new ArrayList<Answer>();
        for (int i = 0; i < copies.size(); i++) {
            var api = copies.get(i);
            var person = people.get(i);
            Await.until(FAILOVER, "a sign-in through copy " + i, () -> {
                var answer = signIn(api, person);
                boolean passed = answer.status() == 200;
                if (!passed) {
                    failures.add(answer);
                }
                return passed;
            });
        }
        return failures;
    }

    /** The answer of its last call. */
    private static Answer signIn(Api api, Person person) {
        var challenge = person.challenge(api, Map.of("purpose", "sign_in"));
        return challenge.status() == 201 ? person.verify(api, challenge.text("id"), person.code()) : challenge;
    }
}
