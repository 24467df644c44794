package io.postern.challenge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import io.postern.harness.Totp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RULES C1: which steps of an authenticator are taken, and which are spent. */
final class StepsIT {
    /** Left of a step when a test begins, so that it ends in the same one. */
    private static final Duration ROOM = Duration.ofSeconds(8);

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Sql sql = Sql.on(postern);

    @BeforeAll
    static void seed() {
        Strict.seed(Postern.shared());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1})
    void codeOneStepOffIsRight(int distance) {
        var person = rested(Person.enrolled(postern, api));
        verify(person, codeAt(person, distance)).expect(200);
        assertEquals(present() + distance, lastStep(person));
    }

    @ParameterizedTest
    @ValueSource(ints = {-2, 2, 11})
    void codeTwoStepsOffIsWrong(int distance) {
        var person = rested(Person.enrolled(postern, api));
        verify(person, codeAt(person, distance)).expectProblem(422, "invalid_code");
    }

    @Test
    void codeIsGoodOnceAndNoOlderOneAfterIt() {
        var person = rested(Person.enrolled(postern, api));
        verify(person, codeAt(person, 0)).expect(200);
        verify(person, codeAt(person, 0)).expectProblem(422, "invalid_code");
        verify(person, codeAt(person, -1)).expectProblem(422, "invalid_code");
        verify(person, codeAt(person, 1)).expect(200);
    }

    /** The hint "your clock is 150 s off" helps no guesser. */
    @Test
    void nearMissSpendsItsStepAndAllBefore() {
        var person = rested(Person.enrolled(postern, api));
        verify(person, codeAt(person, 5)).expectProblem(422, "invalid_code");
        assertEquals(present() + 5, lastStep(person));
        verify(person, codeAt(person, 1)).expectProblem(422, "invalid_code");
        assertEquals(present() + 5, lastStep(person));
    }

    @Test
    void nearMissEndsTenStepsOutsideTheWindow() {
        var person = rested(Person.enrolled(postern, api));
        long before = lastStep(person);
        verify(person, codeAt(person, 12)).expectProblem(422, "invalid_code");
        assertEquals(before, lastStep(person));
        verify(person, codeAt(person, 11)).expectProblem(422, "invalid_code");
        assertEquals(present() + 11, lastStep(person));
    }

    @Test
    void nearMissInThePastGivesNoStepBack() {
        var person = rested(Person.enrolled(postern, api));
        verify(person, codeAt(person, 0)).expect(200);
        verify(person, codeAt(person, -5)).expectProblem(422, "invalid_code");
        assertEquals(present(), lastStep(person));
    }

    @Test
    void withoutDriftOnlyThePresentStepIsRight() {
        var strict = postern.api(Strict.CLIENT, 1);
        var person = Person.enrolled(postern, strict);
        Strict.allowDrift(postern, 0);
        try {
            for (int distance : List.of(1, -1)) {
                rested(person);
                verify(strict, person, codeAt(person, distance)).expectProblem(422, "invalid_code");
            }
            rested(person);
            verify(strict, person, codeAt(person, 0)).expect(200);
        } finally {
            Strict.allowDrift(postern, 1);
        }
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

    private Answer verify(Person person, String code) {
        return verify(api, person, code);
    }

    private static Answer verify(Api through, Person person, String code) {
        return person.verify(through, person.challenge(), code);
    }

    private long lastStep(Person person) {
        return sql.number("select last_step from factor where id = ?::uuid", person.factor());
    }
}
