package io.postern.challenge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Approvals;
import io.postern.harness.Burst;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.SecondApp;
import io.postern.harness.Sql;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Parallel tries over both copies (RULES B5, D1). */
final class RacesIT {
    private static final int PEOPLE = 8;

    private final Postern postern = Postern.shared();
    private final List<Api> copies =
            List.of(postern.api(SeededClient.DEMO_ADMIN, 0), postern.api(SeededClient.DEMO_ADMIN, 1));
    private final Approvals approvals = Approvals.on(postern);

    /** RULES B5, C1. */
    @Test
    void oneRightCodeSentTwoHundredTimesApprovesOnce() {
        var person = Person.enrolled(postern, copies.getFirst());
        var challenge = person.challenge();
        var code = person.code();

        var answers = Burst.of(200, number -> person.verify(copies.get(number % 2), challenge, code));

        assertEquals(1, count(answers, 200), answers::toString);
        assertEquals(200, count(answers, 200) + count(answers, 409) + count(answers, 422), answers::toString);
        assertEquals(1, approvals.of(challenge));
        assertEquals(1, approvals.by(person.factor()));
    }

    /** RULES C1. */
    @Test
    void oneRightCodeForFiftyChallengesApprovesOne() {
        var person = Person.enrolled(postern, copies.getFirst());
        var challenges =
                IntStream.range(0, 50).mapToObj(i -> person.challenge()).toList();
        var code = person.code();

        var answers = Burst.of(50, number -> person.verify(copies.get(number % 2), challenges.get(number), code));

        assertEquals(1, count(answers, 200), answers::toString);
        assertEquals(1, challenges.stream().mapToLong(approvals::of).sum());
        assertEquals(1, approvals.by(person.factor()));
    }

    /** RULES B5: the approval row, for each code alone is right. */
    @Test
    void twoRightCodesOfOneAppApproveAChallengeOnce() {
        var people = IntStream.range(0, PEOPLE)
                .mapToObj(i -> Person.enrolled(postern, copies.getFirst()))
                .toList();
        var challenges = people.stream().map(Person::challenge).toList();
        var codes = people.stream()
                .map(person -> List.of(person.code(), person.code()))
                .toList();

        var answers = Burst.of(2 * PEOPLE, number -> {
            int who = number / 2;
            return people.get(who)
                    .verify(
                            copies.get(number % 2),
                            challenges.get(who),
                            codes.get(who).get(number % 2));
        });

        for (int who = 0; who < PEOPLE; who++) {
            assertEquals(1, count(answers.subList(2 * who, 2 * who + 2), 200), answers::toString);
            assertEquals(1, approvals.of(challenges.get(who)));
        }
    }

    /** RULES B5: the approval row, for the apps have rows of their own. */
    @Test
    void rightCodesOfTwoAppsApproveAChallengeOnce() {
        var people = IntStream.range(0, PEOPLE)
                .mapToObj(i -> Person.enrolled(postern, copies.getFirst()))
                .toList();
        var seconds = people.stream()
                .map(person -> SecondApp.of(person, copies.getFirst()))
                .toList();
        var challenges = people.stream().map(Person::challenge).toList();
        var codes = people.stream().map(Person::code).toList();
        var secondCodes = seconds.stream().map(SecondApp::code).toList();

        var answers = Burst.of(2 * PEOPLE, number -> {
            int who = number / 2;
            var api = copies.get(number % 2);
            return number % 2 == 0
                    ? people.get(who).verify(api, challenges.get(who), codes.get(who))
                    : seconds.get(who).verify(api, challenges.get(who), secondCodes.get(who));
        });

        for (int who = 0; who < PEOPLE; who++) {
            assertEquals(1, count(answers.subList(2 * who, 2 * who + 2), 200), answers::toString);
            assertEquals(1, approvals.of(challenges.get(who)));
        }
    }

    /** RULES B7. */
    @Test
    void ofAThousandGuessesAtOneChallengeFiveAreCompared() {
        var person = Person.enrolled(postern, copies.getFirst());
        var challenge = person.challenge();
        var wrong = person.wrongCode();

        var answers = Burst.of(1_000, number -> person.verify(copies.get(number % 2), challenge, wrong));

        assertCompared(5, answers, person, 409);
        person.verify(challenge, wrong).expectProblem(409, "challenge_closed");
    }

    /**
     * Of a flood, so many. A machine that is too busy answers some of it with 503, and one of those may have been charged
     * without a comparison (RULES B6), never compared without a charge.
     */
    private void assertCompared(int most, List<Answer> answers, Person person, int... refusals) {
        long compared = count(answers, 422);
        long unanswered = count(answers, 503);
        assertTrue(compared == most || (compared < most && compared + unanswered >= most), answers::toString);
        long refused = IntStream.of(refusals)
                .mapToLong(status -> count(answers, status))
                .sum();
        assertEquals(answers.size(), compared + unanswered + refused, answers::toString);
        assertTrue(unanswered < answers.size() / 10, answers::toString);
        assertTrue(failures(person) >= compared && failures(person) <= most);
    }

    /** RULES D1. */
    @Test
    void ofAThousandGuessesAtManyChallengesTenAreCompared() {
        var person = Person.enrolled(postern, copies.getFirst());
        var challenges =
                IntStream.range(0, 200).mapToObj(i -> person.challenge()).toList();
        var wrong = person.wrongCode();

        var answers =
                Burst.of(1_000, number -> person.verify(copies.get(number % 2), challenges.get(number / 5), wrong));

        assertCompared(10, answers, person, 429, 409);
        answers.stream().filter(answer -> answer.status() == 429).forEach(delayed -> {
            int seconds = Integer.parseInt(delayed.header("Retry-After").orElseThrow());
            assertTrue(seconds >= 1 && seconds <= 30, delayed::toString);
        });
    }

    private static long count(List<Answer> answers, int status) {
        return answers.stream().filter(answer -> answer.status() == status).count();
    }

    private long failures(Person person) {
        return Sql.on(postern).number("select failures from factor where id = ?::uuid", person.factor());
    }
}
