package io.postern.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** RULES E1, what one subject may have; RULES D4. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SubjectSendsIT {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private final Stores stores = Stores.shared();
    private final Copy copy = Copy.on(stores);

    @AfterAll
    void close() {
        copy.close();
    }

    @Test
    void cooldownOfAFactorGrows() {
        var send = Draft.mail().proved();
        for (long seconds : List.of(30L, 60L, 120L, 300L)) {
            copy.reserve(send);
            copy.refuses(send, Refusal.COOLDOWN, Duration.ofSeconds(seconds));
            stores.pass(Duration.ofSeconds(seconds - 20));
            copy.refuses(send, Refusal.COOLDOWN, Duration.ofSeconds(20));
            stores.pass(Duration.ofSeconds(20));
        }
        copy.reserve(send);
    }

    @Test
    void cooldownCountsTheSendsOfTheLastHour() {
        var send = Draft.mail();
        copy.reserve(send);
        stores.pass(Duration.ofSeconds(30));
        copy.reserve(send);
        stores.pass(HOUR);

        copy.reserve(send);

        copy.refuses(send, Refusal.COOLDOWN, Duration.ofSeconds(30));
    }

    @Test
    void eachFactorHasItsOwnCooldown() {
        var send = Draft.mail();
        copy.reserve(send);
        copy.reserve(send.with(UUID.randomUUID()));
    }

    @Test
    void reservationTellsWhenTheNextOfItsFactorMayGo() {
        var send = Draft.mail();
        assertSoon(Duration.ofSeconds(30), copy.reserve(send).resendAfter());
        stores.pass(Duration.ofSeconds(30));
        assertSoon(Duration.ofSeconds(60), copy.reserve(send).resendAfter());
        stores.pass(Duration.ofSeconds(60));

        // The third was the last to an unproven destination in this hour, which says more than the cooldown.
        assertSoon(HOUR.minusSeconds(90), copy.reserve(send).resendAfter());
    }

    private void assertSoon(Duration expected, Instant told) {
        var missed = Duration.between(stores.now().plus(expected), told);
        assertTrue(missed.abs().compareTo(Duration.ofSeconds(15)) < 0, "off by " + missed);
    }

    @Test
    void provenDestinationsHaveFiveAnHourAndTenADay() {
        var subject = Draft.mail().proved();
        times(5, () -> copy.reserve(subject.with(UUID.randomUUID())));
        copy.refuses(subject.with(UUID.randomUUID()), Refusal.PROVEN, HOUR);
        stores.pass(HOUR.minusSeconds(20));
        copy.refuses(subject.with(UUID.randomUUID()), Refusal.PROVEN, Duration.ofSeconds(20));
        stores.pass(Duration.ofSeconds(20));
        times(5, () -> copy.reserve(subject.with(UUID.randomUUID())));
        stores.pass(HOUR);

        copy.refuses(
                subject.with(UUID.randomUUID()), Refusal.PROVEN, DAY.minus(HOUR).minus(HOUR));

        stores.pass(DAY.minus(HOUR).minus(HOUR));
        copy.reserve(subject.with(UUID.randomUUID()));
    }

    /** The day refuses longer than the hour, so it is the day's end that is told. */
    @Test
    void refusalOfTwoWindowsTellsTheLaterEnd() {
        var subject = Draft.mail().proved();
        times(5, () -> copy.reserve(subject.with(UUID.randomUUID())));
        stores.pass(HOUR);
        times(5, () -> copy.reserve(subject.with(UUID.randomUUID())));

        copy.refuses(subject.with(UUID.randomUUID()), Refusal.PROVEN, DAY.minus(HOUR));
    }

    @Test
    void subjectHasTenAnHourInAll() {
        var subject = Draft.mail();
        times(5, () -> copy.reserve(subject.proved().with(UUID.randomUUID())));
        times(3, () -> copy.reserve(subject.with(UUID.randomUUID())));
        var second = Draft.mail().by(subject.slot());
        times(2, () -> copy.reserve(second.with(UUID.randomUUID())));

        copy.refuses(second.with(UUID.randomUUID()), Refusal.SUBJECT, HOUR);

        stores.pass(HOUR);
        copy.reserve(second.with(UUID.randomUUID()));
    }

    @Test
    void subjectHasThreeNewDestinationsADay() {
        var subject = Draft.mail();
        copy.reserve(subject);
        stores.pass(HOUR);
        times(2, () -> copy.reserve(Draft.mail().by(subject.slot())));

        copy.refuses(Draft.mail().by(subject.slot()), Refusal.NEW_DESTINATIONS, DAY.minus(HOUR));
        copy.reserve(Draft.mail().by(subject.slot()).proved());
        copy.reserve(subject.with(UUID.randomUUID()));

        stores.pass(DAY);
        copy.reserve(Draft.mail().by(subject.slot()));
    }

    @Test
    void neitherAFactorNorACopyThatIsNewResetsACount() {
        var subject = Draft.mail().proved();
        times(5, () -> copy.reserve(subject.with(UUID.randomUUID())));

        try (var started = Copy.on(stores)) {
            started.refuses(subject.with(UUID.randomUUID()), Refusal.PROVEN, HOUR);
            started.refuses(subject.to("another@example.com").with(UUID.randomUUID()), Refusal.PROVEN, HOUR);
        }
    }

    @Test
    void refusedSendIsNotCounted() {
        var send = Draft.mail();
        copy.reserve(send);
        times(20, () -> copy.refuses(send, Refusal.COOLDOWN, Duration.ofSeconds(30)));
        assertEquals(1, stores.counted(send.slot()));
    }

    private static void times(int times, Runnable call) {
        for (int i = 0; i < times; i++) {
            call.run();
        }
    }
}
