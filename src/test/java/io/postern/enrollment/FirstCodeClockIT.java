package io.postern.enrollment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Burst;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import io.postern.harness.Totp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** RULES C1: the first code of an app whose clock is off. The step is spent by the try, over both copies. */
final class FirstCodeClockIT {
    private static final String OFFSET = "clock_offset_seconds";
    private static final Duration ROOM = Duration.ofSeconds(8);
    private static final int PEOPLE = 5;

    private final Postern postern = Postern.shared();
    private final Api first = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api second = postern.api(SeededClient.DEMO_ADMIN, 1);

    @Test
    void clockThatIsOffIsToldAtTheActivation() {
        for (int distance : List.of(-11, -2, 2, 11)) {
            var app = begun();
            var refused = app.activate(first, codeAt(app, distance)).expectProblem(422, "invalid_code");
            assertEquals(30 * distance, refused.json().path(OFFSET).intValue(), refused::toString);
            assertEquals(4, refused.json().path("attempts_remaining").intValue(), refused::toString);
            assertTrue(refused.json().has("server_time") && refused.json().has("next_code_at"), refused::toString);

            assertFalse(isHint(app.activate(second, codeAt(app, distance))), "a spent code tells nothing");
        }
    }

    @Test
    void codeThatTheHintWasGivenForAndThoseBeforeItActivateNothingAtAnyCopy() {
        var app = begun();
        assertTrue(isHint(app.activate(first, codeAt(app, 2))));
        var refused = app.activate(second, codeAt(app, 1)).expectProblem(422, "invalid_code");
        assertEquals(3, refused.json().path("attempts_remaining").intValue(), refused::toString);
        app.activate(first, codeAt(app, 0)).expectProblem(422, "invalid_code");
        assertEquals("pending", first.get(app.path()).expect(200).text("status"));
    }

    @Test
    void clockThatWasBehindIsMendedAndTheNextCodeActivates() {
        var app = begun();
        assertTrue(isHint(app.activate(first, codeAt(app, -5))));
        app.activate(second, codeAt(app, 0)).expect(200);
    }

    /** The activation holds the subject's row, and so does the try that spends a step (RULES F3). */
    @Test
    void hintAndActivationAtTheSameTimeNeverBothCome() {
        var apps = IntStream.range(0, PEOPLE).mapToObj(number -> begun()).toList();
        awaitRoom();
        List<Callable<Answer>> calls = apps.stream()
                .<Callable<Answer>>mapMulti((app, call) -> {
                    var ahead = codeAt(app, 3);
                    var right = codeAt(app, 0);
                    call.accept(() -> app.activate(first, ahead));
                    call.accept(() -> app.activate(second, right));
                })
                .toList();

        var answers = Burst.of(calls);

        for (int who = 0; who < PEOPLE; who++) {
            boolean hinted = isHint(answers.get(2 * who));
            boolean active = answers.get(2 * who + 1).status() == 200;
            assertFalse(hinted && active, answers::toString);
        }
    }

    @Test
    void wrongFirstCodeTellsNoTime() {
        var app = begun();
        var refused = app.activate(first, codeAt(app, 5_000)).expectProblem(422, "invalid_code");
        assertFalse(isHint(refused) || refused.json().has("server_time"), refused::toString);
    }

    private PendingApp begun() {
        var app = PendingApp.begin(first, Person.registered(postern, first));
        awaitRoom();
        return app;
    }

    /** Time enough in the present step for a test. */
    private static void awaitRoom() {
        Await.until(Totp.STEP, "a fresh step", () -> Totp.step(Instant.now().plus(ROOM)) == Totp.step(Instant.now()));
    }

    private static boolean isHint(Answer answer) {
        return answer.json().has(OFFSET);
    }

    private static String codeAt(PendingApp app, int distance) {
        return Totp.code(app.secret(), Totp.step(Instant.now()) + distance);
    }
}
