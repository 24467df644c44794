package io.postern.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.embedded.Await;
import io.postern.embedded.Ports;
import io.postern.embedded.PretendSms.Manner;
import io.postern.harness.Postern;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * An SMS provider that takes a message and says so too late, or never. It has a second to answer, and the one that stands by cannot
 * be reached.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class LateProviderIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration TOO_LATE = Duration.ofMillis(1_500);

    private final Postern postern = Postern.start(Postern.Options.DEFAULT
            .withCopies(1)
            .withDelivery()
            .withEnvironment("POSTERN_SMS_PROVIDERS", "twilio,http")
            .withEnvironment("POSTERN_SMS_HTTP_URL", "http://127.0.0.1:" + Ports.free())
            .withEnvironment("POSTERN_SMS_HTTP_SECRET", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
            .withEnvironment("POSTERN_SMS_TWILIO_READ_TIMEOUT", "1s"));
    private final Posting posting = Posting.to(postern);
    private final DeliveryPages pages = new DeliveryPages(postern);
    private Told told = Told.queued(postern);

    @AfterEach
    void mend() {
        postern.sms().now(Manner.TAKES);
        told = Told.queued(postern);
    }

    @AfterAll
    void close() {
        posting.close();
        postern.close();
    }

    @Test
    void answerWithinItsTimeCostsNothing() {
        postern.sms().answerAfter(Duration.ofMillis(300));
        var text = Posting.sms(Posting.number(), Instant.now().plusSeconds(300), told.receipt());
        posting.queue(text);
        told.await("sent");
        assertEquals(1, sent(text));
    }

    @Test
    void providerThatAnswersTooLateIsAskedOnceMoreAndThenDone() {
        postern.sms().answerAfter(TOO_LATE);
        var text = Posting.sms(Posting.number(), Instant.now().plusSeconds(300), told.receipt());
        posting.queue(text);
        Await.until(SOON, "it is put off", () -> pages.putOff(Channel.SMS) == 1);
        assertEquals("retrying", told.state());
        postern.sms().now(Manner.TAKES);
        pages.waitsAreOver(Channel.SMS);

        told.await("sent");
        Await.until(SOON, "it is done", () -> pages.isDone(Channel.SMS));
        assertEquals(2, sent(text));
    }

    /** Each of the tries may have gone out, and each costs (RULES E). */
    @Test
    void providerThatNeverAnswersIsAskedThreeTimesAndNoMore() {
        postern.sms().answerAfter(TOO_LATE);
        var text = Posting.sms(Posting.number(), Instant.now().plusSeconds(300), told.receipt());
        posting.queue(text);

        Await.until(Duration.ofSeconds(60), "it is given up", () -> {
            pages.waitsAreOver(Channel.SMS);
            return pages.isDone(Channel.SMS);
        });
        told.await("failed");
        assertEquals(3, sent(text));
    }

    /** What it answered with an error it has not taken. */
    @Test
    void providerThatFailsIsAskedForAsLongAsTheMessageIsGood() {
        postern.sms().now(Manner.FAILS);
        int before = postern.sms().calls();
        var text = Posting.sms(Posting.number(), Instant.now().plusSeconds(300), told.receipt());
        posting.queue(text);
        Await.until(SOON, "it is asked again and again", () -> {
            pages.waitsAreOver(Channel.SMS);
            return postern.sms().calls() >= before + 5;
        });
        postern.sms().now(Manner.TAKES);
        Await.until(SOON, "it is done", () -> {
            pages.waitsAreOver(Channel.SMS);
            return pages.isDone(Channel.SMS);
        });
        assertEquals(1, sent(text));
    }

    private int sent(Message text) {
        return postern.sms().messagesTo(text.to()).size();
    }
}
