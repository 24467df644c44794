package io.postern.challenge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Approvals;
import io.postern.harness.Burst;
import io.postern.harness.Correspondent;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.harness.Totp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RULES C1: whose clock is off learns it, and a guesser learns of no code that is good. */
final class ClockHelpIT {
    private static final String OFFSET = "clock_offset_seconds";

    /** Left of a step when a test begins, so that it ends in the same one. */
    private static final Duration ROOM = Duration.ofSeconds(8);

    private final Postern postern = Postern.shared();
    private final List<Api> copies =
            List.of(postern.api(SeededClient.DEMO_ADMIN, 0), postern.api(SeededClient.DEMO_ADMIN, 1));
    private final Sql sql = Sql.on(postern);

    @BeforeAll
    static void seed() {
        Strict.seed(Postern.shared());
    }

    @ParameterizedTest
    @ValueSource(ints = {-11, -2, 2, 11})
    void clockThatIsOffIsToldWithTheTimeAndWhenCodesAreGoodAgain(int distance) {
        var person = rested(Person.enrolled(postern, copies.getFirst()));
        var before = Instant.now().minusSeconds(1);

        var refused = verify(person, codeAt(person, distance)).expectProblem(422, "invalid_code");

        assertEquals(30 * distance, refused.json().path(OFFSET).intValue(), refused::toString);
        assertEquals(4, refused.json().path("attempts_remaining").intValue(), refused::toString);
        var time = Instant.parse(refused.text("server_time"));
        assertTrue(time.isAfter(before) && !time.isAfter(Instant.now()), refused::toString);
        var next = distance < 0 ? time : Instant.ofEpochSecond(30 * (present() + distance + 1));
        assertEquals(next, Instant.parse(refused.text("next_code_at")), refused::toString);
    }

    /** The policy opens the window to the very code that was hinted at, as time would. */
    @Test
    void codeThatTheHintWasGivenForIsDeadAtEveryCopy() {
        var strict = List.of(postern.api(Strict.CLIENT, 0), postern.api(Strict.CLIENT, 1));
        var person = Person.enrolled(postern, strict.getFirst());
        Strict.allowDrift(postern, 0);
        try {
            rested(person);
            var code = codeAt(person, 1);
            assertTrue(isHint(person.verify(strict.getFirst(), person.challenge(), code)));
            Strict.allowDrift(postern, 1);
            for (var copy : strict) {
                var refused = person.verify(copy, person.challenge(), code).expectProblem(422, "invalid_code");
                assertFalse(isHint(refused), refused::toString);
            }
        } finally {
            Strict.allowDrift(postern, 1);
        }
    }

    @Test
    void parallelTriesOfOneCodeAheadOfTimeHintAtItAndApproveNothing() {
        var person = rested(Person.enrolled(postern, copies.getFirst()));
        var challenges =
                IntStream.range(0, 8).mapToObj(number -> person.challenge()).toList();
        var code = codeAt(person, 3);
        long step = present() + 3;

        var answers = Burst.of(8, number -> person.verify(copies.get(number % 2), challenges.get(number), code));

        assertTrue(answers.stream().anyMatch(ClockHelpIT::isHint), answers::toString);
        assertEquals(0, Approvals.on(postern).by(person.factor()));
        assertEquals(step, sql.number("select last_step from factor where id = ?::uuid", person.factor()));
    }

    /** A code that was good once says nothing of a clock, and whoever has read it over a shoulder is told nothing. */
    @Test
    void codeThatWasSpentBeforeTellsNothing() {
        var person = rested(Person.enrolled(postern, copies.getFirst()));
        var code = codeAt(person, -4);
        sql.change("update factor set last_step = ? where id = ?::uuid", present() - 4, person.factor());

        var refused = verify(person, code).expectProblem(422, "invalid_code");

        assertFalse(isHint(refused), refused::toString);
    }

    @Test
    void hintIsGivenOnce() {
        var person = rested(Person.enrolled(postern, copies.getFirst()));
        var challenge = person.challenge();
        var code = codeAt(person, 4);
        assertTrue(isHint(person.verify(challenge, code)));
        assertFalse(isHint(person.verify(copies.get(1), challenge, code).expectProblem(422, "invalid_code")));
    }

    @Test
    void wrongCodeTellsNoTime() {
        var person = Person.enrolled(postern, copies.getFirst());
        assertTellsNoTime(verify(person, person.wrongCode()));
    }

    @Test
    void wrongSentCodeTellsNoTime() {
        for (var person : List.of(
                Correspondent.byMail(postern, copies.getFirst()), Correspondent.bySms(postern, copies.getFirst()))) {
            var challenge = person.challenge();
            person.send(challenge).expect(202);
            var right = person.code(challenge);
            assertTellsNoTime(person.verify(challenge, Correspondent.wrong(right)));
            person.verify(challenge, right).expect(200);
            assertTellsNoTime(person.verify(person.challenge(), right)); // used before
        }
    }

    /** RULES B7: nothing is compared any more. */
    @Test
    void closedChallengeTellsNothing() {
        var person = rested(Person.enrolled(postern, copies.getFirst()));
        var challenge = person.challenge();
        for (int tries = 0; tries < 5; tries++) {
            person.verify(challenge, person.wrongCode()).expect(422);
        }
        var refused = person.verify(challenge, codeAt(person, 3)).expectProblem(409, "challenge_closed");
        assertFalse(isHint(refused), refused::toString);
        assertNotEquals(present() + 3, sql.number("select last_step from factor where id = ?::uuid", person.factor()));
    }

    private static void assertTellsNoTime(Answer refused) {
        refused.expectProblem(422, "invalid_code");
        for (var member : List.of(OFFSET, "server_time", "next_code_at")) {
            assertFalse(refused.json().has(member), refused::toString);
        }
    }

    private static boolean isHint(Answer answer) {
        return answer.json().has(OFFSET);
    }

    /** As if the app had not been used for an hour; with time enough in the present step for a test. */
    private Person rested(Person person) {
        Await.until(Totp.STEP, "a fresh step", () -> Totp.step(Instant.now().plus(ROOM)) == present());
        sql.change("update factor set last_step = ? where id = ?::uuid", present() - 120, person.factor());
        return person;
    }

    private static long present() {
        return Totp.step(Instant.now());
    }

    private static String codeAt(Person person, int distance) {
        return Totp.code(person.secret(), present() + distance);
    }

    private static Answer verify(Person person, String code) {
        return person.verify(person.challenge(), code);
    }
}
