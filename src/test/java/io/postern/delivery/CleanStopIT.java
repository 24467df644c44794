package io.postern.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.PretendSms.Manner;
import io.postern.harness.Postern;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** DESIGN section 6: a copy that is ended in order, as in a rolling update, leaves nothing to be taken over. */
@TestInstance(Lifecycle.PER_CLASS)
final class CleanStopIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Long before anything is taken over, which is after a minute here. */
    private final Postern postern = Postern.start(Postern.Options.DEFAULT
            .withDelivery()
            .withEnvironment("POSTERN_DELIVERY_LONGEST_TRY", "4s")
            .withEnvironment("POSTERN_DELIVERY_TAKEOVER", "60s"));

    private final Posting posting = Posting.to(postern);
    private final DeliveryPages pages = new DeliveryPages(postern);

    @AfterEach
    void mend() {
        postern.sms().now(Manner.TAKES);
        postern.restart(0);
    }

    @AfterAll
    void close() {
        posting.close();
        postern.close();
    }

    @Test
    void stoppedCopyFinishesWhatItHasInHandAndTheOtherSendsTheRestAtOnce() {
        postern.sms().answerAfter(Duration.ofSeconds(2));
        int before = postern.sms().calls();
        var messages =
                Stream.generate(() -> Posting.sms(Posting.number())).limit(40).toList();
        messages.forEach(posting::queue);
        Await.until(SOON, "each copy has eight in hand", () -> postern.sms().calls() >= before + 16);

        postern.copy(0).terminate();
        postern.sms().now(Manner.TAKES);

        Await.until(SOON, "all are done", () -> pages.isDone(Channel.SMS));
        messages.forEach(message ->
                assertEquals(1, postern.sms().messagesTo(message.to()).size()));
    }

    @Test
    void stoppedCopyHandsBackWhatItCannotSend() {
        postern.sms().now(Manner.HANGS);
        int before = postern.sms().calls();
        var messages =
                Stream.generate(() -> Posting.sms(Posting.number())).limit(16).toList();
        messages.forEach(posting::queue);
        Await.until(SOON, "each copy has eight in hand", () -> postern.sms().calls() >= before + 16);

        postern.copy(0).terminate();

        Await.until(SOON, "all wait for another try", () -> pages.putOff(Channel.SMS) == 16);
        assertEquals(0, pages.held(Channel.SMS));
        postern.sms().now(Manner.TAKES);
        pages.waitsAreOver(Channel.SMS);
        Await.until(SOON, "all are done", () -> pages.isDone(Channel.SMS));
        messages.forEach(message ->
                assertEquals(1, postern.sms().messagesTo(message.to()).size()));
        assertTrue(postern.copy(1).isAlive());
    }
}
