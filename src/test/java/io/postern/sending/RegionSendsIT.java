package io.postern.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.embedded.Await;
import io.postern.event.About;
import io.postern.event.SecurityEvent;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** RULES E2: the budget and the breaker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RegionSendsIT {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Stores stores = Stores.shared();
    private final Copy copy = Copy.on(stores);
    private String application = "";

    @BeforeEach
    void anotherApplication() {
        application = "app-" + UUID.randomUUID();
    }

    @AfterAll
    void close() {
        copy.close();
    }

    @Test
    void unprovenNumbersHaveHalfOfTheBudget() {
        reserve(2, sms().within(5));

        copy.stops(sms().within(5), Refusal.BUDGET);
        reserve(3, sms().within(5).proved());
        copy.stops(sms().within(5).proved(), Refusal.BUDGET);
    }

    @Test
    void budgetIsOfTwentyFourHoursAndOfTheRegion() {
        reserve(2, sms().within(4).proved());
        stores.pass(HOUR);
        reserve(2, sms().within(4).proved());
        copy.stops(sms().within(4).proved(), Refusal.BUDGET);

        copy.reserve(sms().within(4).in("CA"));
        copy.reserve(Draft.sms().within(4));
        copy.reserve(Draft.mail().of(application).within(4));

        stores.pass(DAY.minus(HOUR).minusSeconds(20));
        copy.stops(sms().within(4).proved(), Refusal.BUDGET);
        stores.pass(Duration.ofSeconds(20));
        reserve(2, sms().within(4).proved());
        copy.stops(sms().within(4).proved(), Refusal.BUDGET);
    }

    @Test
    void provenNumbersTakeNothingFromTheHalfOfTheOthers() {
        reserve(5, sms().within(10).proved());
        reserve(5, sms().within(10));
        copy.stops(sms().within(10), Refusal.BUDGET);
    }

    @Test
    void noBudgetIsNoSms() {
        copy.stops(sms().within(0).proved(), Refusal.BUDGET);
        copy.stops(sms().within(1), Refusal.BUDGET);
    }

    @Test
    void refusedSmsIsCountedNowhere() {
        var refused = sms().within(0);
        copy.stops(refused, Refusal.BUDGET);

        var tag = new Names(stores.hash()).destination(refused.channel(), refused.destination());
        Await.until(SOON, "the subject's is given back", () -> stores.counted(refused.slot()) == 0);
        Await.until(SOON, "the destination's is given back", () -> stores.counted(tag) == 0);
    }

    @Test
    void breakerStopsUnprovenSmsWhenUnderAFifthWereVerified() {
        unproven(30, 5);

        copy.stops(sms(), Refusal.BREAKER);

        assertEquals(
                List.of(new SecurityEvent.SendingStopped(About.application(application), "US")),
                copy.events(application));
        assertEquals("sending_stopped", copy.events(application).getFirst().type());
    }

    @Test
    void aFifthIsEnough() {
        unproven(30, 6);
        copy.reserve(sms());
    }

    @Test
    void breakerWaitsForThirtySends() {
        unproven(29, 0);
        copy.reserve(sms());
        copy.stops(sms(), Refusal.BREAKER);
    }

    @Test
    void breakerLooksAtFifteenMinutes() {
        unproven(15, 0);
        stores.pass(Duration.ofMinutes(15));
        unproven(29, 0);
        copy.reserve(sms());
    }

    @Test
    void provenAndOtherSendsGoOnWhileTheBreakerIsOpen() {
        unproven(30, 0);
        copy.stops(sms(), Refusal.BREAKER);

        copy.reserve(sms().proved());
        copy.reserve(sms().in("CA"));
        copy.reserve(Draft.sms());
        copy.reserve(Draft.mail().of(application));
    }

    @Test
    void breakerClosesAfterAnHourAndAlarmsOnce() {
        unproven(30, 0);
        copy.stops(sms(), Refusal.BREAKER);
        stores.pass(HOUR.minusSeconds(20));
        copy.stops(sms(), Refusal.BREAKER);
        assertEquals(1, copy.events(application).size());

        stores.pass(Duration.ofSeconds(20));

        unproven(30, 0);
        copy.stops(sms(), Refusal.BREAKER);
        assertEquals(2, copy.events(application).size());
    }

    @Test
    void resentCodesOfAProvenNumberAllCameBack() {
        var numbers = IntStream.range(0, 10).mapToObj(i -> sms()).toList();
        numbers.forEach(copy::reserve);
        stores.pass(Duration.ofSeconds(30));
        numbers.forEach(copy::reserve);
        stores.pass(Duration.ofSeconds(60));
        numbers.forEach(copy::reserve);

        copy.verified(numbers.get(0));
        copy.verified(numbers.get(1));

        copy.reserve(sms());
    }

    @Test
    void proofToldTwiceCountsOnce() {
        var sent = unproven(30, 5);
        copy.verified(sent.getFirst());
        copy.verified(sent.getFirst().with(UUID.randomUUID()));

        copy.stops(sms(), Refusal.BREAKER);
    }

    /** A verified send leaves the window at its own age, not at that of its proof. */
    @Test
    void proofOfAnOlderSendSaysNothingOfTheLatest() {
        var old = IntStream.range(0, 10).mapToObj(i -> sms()).toList();
        old.forEach(copy::reserve);
        stores.pass(Duration.ofMinutes(14));
        old.forEach(copy::verified);
        stores.pass(Duration.ofMinutes(1));
        unproven(30, 0);

        copy.stops(sms(), Refusal.BREAKER);
    }

    @Test
    void smsThatWasNotSentAfterAllIsNoneOfTheThirty() {
        var sent = IntStream.range(0, 30).mapToObj(i -> copy.reserve(sms())).toList();
        copy.refund(sent.getFirst());
        var tag = new Names(stores.hash()).region(application, "US");
        Await.until(SOON, "it is given back", () -> stores.unproven(tag) == 29 && stores.counted(tag) == 29);

        copy.reserve(sms());
    }

    /** The proofs are of the first ones. */
    private List<Draft> unproven(int sends, int proofs) {
        var sent = IntStream.range(0, sends).mapToObj(i -> sms()).toList();
        sent.forEach(copy::reserve);
        sent.subList(0, proofs).forEach(copy::verified);
        return sent;
    }

    private Draft sms() {
        return Draft.sms().of(application);
    }

    /** So many of that kind, each of another subject and to another number. */
    private void reserve(int times, Draft kind) {
        for (int i = 0; i < times; i++) {
            var other = Draft.sms();
            copy.reserve(kind.by(other.slot()).to(other.destination()));
        }
    }
}
