package io.postern.operating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
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
import java.util.function.Predicate;

/**
 * People of whom something is in a Redis that is about to die: an open challenge, a challenge that was approved, and a delay for
 * wrong codes. RULES H2, D4.
 */
final class Witnesses {
    private static final Duration FAILOVER = Duration.ofSeconds(30);
    private static final int GUESSES = 12;

    private final Postern postern;
    private final Predicate<String> isThere;
    private final List<Api> copies;
    private final Approvals approvals;
    private final List<Person> people = new ArrayList<>();
    private final Person open;
    private final String openChallenge;
    private final Person approved;
    private final String approvedChallenge;
    private final String code;
    private final Person guessed;

    /**
     * Two copies serve them.
     *
     * @param isThere whether the Redis that is about to die has what is kept under a challenge's id
     */
    Witnesses(Postern postern, Predicate<String> isThere) {
        this.postern = postern;
        this.isThere = isThere;
        copies = List.of(postern.api(SeededClient.DEMO_ADMIN, 0), postern.api(SeededClient.DEMO_ADMIN, 1));
        approvals = Approvals.on(postern);
        open = somebody();
        openChallenge = open.challenge();
        approved = somebody();
        approvedChallenge = approved.challenge();
        code = approved.code();
        approved.verify(approvedChallenge, code).expect(200);
        guessed = delayed();
        copies.forEach(copy -> people.add(somebody()));
    }

    private Person somebody() {
        Person person;
        do {
            person = Person.enrolled(postern, copies.getFirst());
        } while (!isThere.test(person.challenge()));
        return person;
    }

    /** Somebody whose codes were guessed at until they have to wait. */
    private Person delayed() {
        var person = somebody();
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

    /**
     * After the death: calls fail for a while and say so, then all is well through both copies, without a restart; nothing is
     * approved twice, and no delay is forgotten.
     */
    void requireThatNothingIsLost() {
        var failures = untilAllSignInAgain();
        assertFalse(failures.isEmpty(), "it was not needed");
        failures.forEach(failure -> failure.expectProblem(503, "store_unavailable"));
        guessed.verify(guessed.challenge(), guessed.code()).expectProblem(429, "too_many_attempts");
        open.verify(copies.getLast(), openChallenge, open.code()).expect(200);
        assertEquals(1, approvals.of(openChallenge));
        approved.verify(copies.getLast(), approvedChallenge, code).expectProblem(409, "challenge_closed");
        assertEquals(1, approvals.by(approved.factor()));
        Correspondent.byMail(postern, copies.getLast()); // the queues' own client has followed too
    }

    /** What sign-ins through each copy answered until one went well again. */
    private List<Answer> untilAllSignInAgain() {
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
