package io.postern.sending;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.harness.Burst;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import java.time.Duration;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** RULES E1, E2, H1, D4: the limits under parallel sends, what is given back, and what lies in Redis. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SendLimitsIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration HOUR = Duration.ofHours(1);

    private final Stores stores = Stores.shared();
    private final Copy first = Copy.on(stores);
    private final Copy second = Copy.on(stores);

    @AfterAll
    void close() {
        first.close();
        second.close();
    }

    @Test
    void twoHundredSubjectsAtOnceGetThreeMessagesToOneDestination() {
        var to = Draft.sms().destination();
        assertEquals(3, passed(200, ProblemCode.TOO_MANY_SENDS, i -> Draft.sms().to(to)));
    }

    @Test
    void twoHundredFactorsAtOnceGetFiveMessagesForOneSubject() {
        var subject = Draft.mail().proved();
        assertEquals(5, passed(200, ProblemCode.TOO_MANY_SENDS, i -> subject.with(UUID.randomUUID())));
    }

    @Test
    void twoHundredTriesAtOnceGetOneMessageForOneFactor() {
        var send = Draft.mail();
        assertEquals(1, passed(200, ProblemCode.TOO_MANY_SENDS, i -> send));
    }

    @Test
    void twoHundredSubjectsAtOnceGetTwentyMessagesForOneSource() {
        var application = Draft.mail().application();
        assertEquals(
                20,
                passed(
                        200,
                        ProblemCode.TOO_MANY_SENDS,
                        i -> Draft.mail().of(application).from("203.0.113.9")));
    }

    @Test
    void twoHundredSubjectsAtOnceGetNoMoreThanTheBudget() {
        var application = Draft.sms().application();
        assertEquals(
                10,
                passed(
                        200,
                        ProblemCode.SENDING_STOPPED,
                        i -> Draft.sms().of(application).within(20)));
        assertEquals(
                10,
                passed(
                        200,
                        ProblemCode.SENDING_STOPPED,
                        i -> Draft.sms().of(application).within(20).proved()));
    }

    @Test
    void twoHundredUnprovenAtOnceTripTheBreakerOnce() {
        var application = Draft.sms().application();

        assertEquals(
                30, passed(200, ProblemCode.SENDING_STOPPED, i -> Draft.sms().of(application)));

        assertEquals(
                1, first.events(application).size() + second.events(application).size());
    }

    /** How many were let through, by two copies in turn. */
    private long passed(int times, ProblemCode otherwise, IntFunction<Draft> draft) {
        return Burst.of(times, i -> (i % 2 == 0 ? first : second).tries(draft.apply(i), otherwise)).stream()
                .filter(passed -> passed)
                .count();
    }

    @Test
    void refundGivesBackWhatItsOwnReservationTook() {
        var to = Draft.mail().destination();
        var tag = new Names(stores.hash()).destination(Draft.mail().channel(), to);
        var unsent = Draft.mail().to(to);
        var reservation = first.reserve(unsent);
        first.reserve(Draft.mail().to(to));
        first.reserve(Draft.mail().to(to));

        first.refund(reservation);
        second.refund(reservation);

        Await.until(SOON, "the destination's is given back", () -> stores.counted(tag) == 2);
        Await.until(SOON, "the subject's is given back", () -> stores.counted(unsent.slot()) == 0);
        first.reserve(unsent);
        first.refund(reservation);
        first.refuses(Draft.mail().to(to), Refusal.DESTINATION, HOUR);
        assertEquals(3, stores.counted(tag));
        assertEquals(1, stores.counted(unsent.slot()));
    }

    @Test
    void everyKeyEndsByItself() {
        var send = Draft.sms().from("192.0.2.200");
        first.reserve(send);
        first.verified(send);
        var application = Draft.sms().application();
        passed(40, ProblemCode.SENDING_STOPPED, i -> Draft.sms().of(application));

        var keys = stores.keys();

        assertTrue(keys.stream().anyMatch(key -> key.endsWith(":stopped")), keys.toString());
        assertTrue(keys.stream().anyMatch(key -> key.endsWith(":verified")), keys.toString());
        assertAll(keys.stream().map(key -> () -> {
            long life = stores.life(key);
            boolean gone = life == -2; // given back meanwhile
            assertTrue(gone || (life > 0 && life <= Duration.ofDays(1).toMillis()), key + " lives " + life);
        }));
    }

    @Test
    void redisLearnsNoDestinationAndNoSource() {
        var send = Draft.mail().to("somebody.special@example.com").from("192.0.2.77");
        first.reserve(send);

        var everything = stores.keys().stream()
                .map(key -> key + stores.members(key))
                .toList()
                .toString();

        assertTrue(everything.contains(send.slot()));
        assertTrue(!everything.contains("special") && !everything.contains("192.0.2"), everything);
    }

    @Test
    void nothingIsSentUncountedWhileRedisIsAway() {
        try (var redis = stores.another();
                var copy = Copy.on(stores, redis)) {
            var send = Draft.sms();
            var reservation = copy.reserve(send);
            redis.kill();

            var problem = assertThrows(Problem.class, () -> copy.reserve(Draft.sms()));

            assertEquals(ProblemCode.STORE_UNAVAILABLE, problem.code());
            copy.verified(send);
            copy.refund(reservation);
        }
    }
}
