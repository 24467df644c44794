package io.postern.sending;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.embedded.Await;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** RULES E1, what an unproven destination and a source address may have, whoever sends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TaggedSendsIT {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Stores stores = Stores.shared();
    private final Copy copy = Copy.on(stores);
    private final Names names = new Names(stores.hash());

    @AfterAll
    void close() {
        copy.close();
    }

    @Test
    void unprovenDestinationHasThreeAnHourAndFiveADayAcrossApplications() {
        var to = Draft.mail().destination();
        reserve(3, to);
        copy.refuses(Draft.mail().to(to), Refusal.DESTINATION, HOUR);
        stores.pass(HOUR.minusSeconds(20));
        copy.refuses(Draft.mail().to(to), Refusal.DESTINATION, Duration.ofSeconds(20));
        stores.pass(Duration.ofSeconds(20));
        reserve(2, to);

        copy.refuses(Draft.mail().to(to), Refusal.DESTINATION, DAY.minus(HOUR));

        stores.pass(DAY.minus(HOUR).minusSeconds(20));
        copy.refuses(Draft.mail().to(to), Refusal.DESTINATION, Duration.ofSeconds(20));
        stores.pass(Duration.ofSeconds(20));
        reserve(3, to);
    }

    /** Two late in one clock hour and one early in the next are three in an hour all the same. */
    @Test
    void windowSlides() {
        var to = Draft.sms().destination();
        copy.reserve(Draft.sms().to(to));
        stores.pass(Duration.ofMinutes(40));
        copy.reserve(Draft.sms().to(to));
        copy.reserve(Draft.sms().to(to));
        stores.pass(Duration.ofMinutes(20));
        copy.reserve(Draft.sms().to(to));

        copy.refuses(Draft.sms().to(to), Refusal.DESTINATION, Duration.ofMinutes(40));
    }

    @Test
    void variantsOfAnAddressAreOneMailbox() {
        var to = Draft.mail().destination();
        var variants = List.of(
                to.replace("person", "PERSON"),
                to.replace("@", "+one@"),
                to.replace("@example.com", "+two+2@Example.COM"));
        variants.forEach(variant -> copy.reserve(Draft.mail().to(variant)));

        copy.refuses(Draft.mail().to(to), Refusal.DESTINATION, HOUR);
        copy.refuses(Draft.mail().to(to.replace("@", "+three@")), Refusal.DESTINATION, HOUR);
    }

    @Test
    void provenDestinationIsNotCountedAcrossSubjects() {
        var to = Draft.mail().destination();
        reserve(3, to);

        copy.reserve(Draft.mail().to(to).proved());
    }

    @Test
    void sourceHasTwentyAnHour() {
        var application = Draft.mail().application();
        var ip = "192.0.2.1";
        for (int i = 0; i < 10; i++) {
            copy.reserve(Draft.mail().of(application).from(ip));
            copy.reserve(Draft.mail().of(application).from(ip).proved());
        }

        copy.refuses(Draft.mail().of(application).from(ip), Refusal.SOURCE, HOUR);
        copy.refuses(Draft.mail().of(application).from(ip).proved(), Refusal.SOURCE, HOUR);
        copy.reserve(Draft.mail().of(application));
        copy.reserve(Draft.mail().of(application).from("192.0.2.2"));

        stores.pass(HOUR);
        copy.reserve(Draft.mail().of(application).from(ip));
    }

    @Test
    void sourceOfOneApplicationIsNotThatOfAnother() {
        var application = Draft.mail().application();
        var ip = "2001:db8::1";
        for (int i = 0; i < 20; i++) {
            copy.reserve(Draft.mail().of(application).from(ip));
        }

        copy.refuses(Draft.mail().of(application).from(ip), Refusal.SOURCE, HOUR);
        copy.reserve(Draft.mail().from(ip));
    }

    /** RULES H1: what was counted before the refusal is given back. */
    @Test
    void refusedSendIsCountedNowhere() {
        var application = Draft.mail().application();
        var ip = "198.51.100.7";
        for (int i = 0; i < 20; i++) {
            copy.reserve(Draft.mail().of(application).from(ip));
        }
        var refused = Draft.mail().of(application).from(ip);

        copy.refuses(refused, Refusal.SOURCE, HOUR);

        Await.until(SOON, "the subject's is given back", () -> stores.counted(refused.slot()) == 0);
        Await.until(SOON, "the destination's is given back", () -> stores.counted(tag(refused)) == 0);
        assertEquals(20, stores.counted(names.source(application, ip)));
    }

    private void reserve(int times, String to) {
        for (int i = 0; i < times; i++) {
            copy.reserve(Draft.mail().to(to));
        }
    }

    private String tag(Draft draft) {
        return names.destination(draft.channel(), draft.destination());
    }
}
