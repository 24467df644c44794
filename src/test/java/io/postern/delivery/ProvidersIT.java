package io.postern.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.crypto.WebhookSecret;
import io.postern.embedded.Await;
import io.postern.embedded.PretendSms.Manner;
import io.postern.harness.Postern;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What failing and refusing providers mean for messages. A second SMS provider stands by, and a mail server refuses. */
@TestInstance(Lifecycle.PER_CLASS)
final class ProvidersIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final SignedHook hook = SignedHook.start();
    private final RefusingSmtp smtp = RefusingSmtp.start();
    private final Postern postern = Postern.start(Postern.Options.DEFAULT
            .withCopies(1)
            .withDelivery()
            .withEnvironment("QUARKUS_MAILER_PORT", Integer.toString(smtp.port()))
            .withEnvironment("POSTERN_SMS_PROVIDERS", "twilio,http")
            .withEnvironment("POSTERN_SMS_TWILIO_READ_TIMEOUT", "1s")
            .withEnvironment("POSTERN_SMS_HTTP_URL", hook.url().toString())
            .withEnvironment("POSTERN_SMS_HTTP_SECRET", SECRET));
    private final Posting posting = Posting.to(postern);

    @AfterEach
    void mend() {
        postern.sms().now(Manner.TAKES);
    }

    @AfterAll
    void close() {
        posting.close();
        postern.close();
        hook.close();
        smtp.close();
    }

    @Test
    void secondProviderGetsNothingWhileTheFirstWorks() {
        var message = Posting.sms(Posting.number());
        posting.queue(message);
        Await.until(
                SOON,
                "it is sent",
                () -> !postern.sms().messagesTo(message.to()).isEmpty());
        assertEquals(0, hook.callsFor(message.id()).size());
    }

    @Test
    void providerThatFailsLetsTheNextSendAtOnceSignedAndWithTheId() throws IOException {
        postern.sms().now(Manner.FAILS);
        var told = Told.queued(postern);
        var message = Posting.sms(Posting.number(), Instant.now().plusSeconds(300), told.receipt());
        posting.queue(message);
        told.await("sent");

        assertEquals(1, hook.callsFor(message.id()).size());
        var call = hook.callsFor(message.id()).getFirst();
        assertEquals(
                Map.of(
                        "id",
                        message.id().toString(),
                        "to",
                        message.to(),
                        "text",
                        message.content().text()),
                new ObjectMapper().readValue(call.body(), Map.class));
        var at = Instant.ofEpochSecond(Long.parseLong(call.timestamp()));
        assertEquals(new WebhookSecret(SECRET).sign(message.id().toString(), at, call.body()), call.signature());
        assertEquals(0, postern.sms().messagesTo(message.to()).size());
    }

    @Test
    void providerThatHangsOrIsBusyLetsTheNextSend() {
        for (var manner : new Manner[] {Manner.HANGS, Manner.IS_BUSY}) {
            postern.sms().now(manner);
            var message = Posting.sms(Posting.number());
            posting.queue(message);
            Await.until(
                    SOON,
                    manner + ": it is sent",
                    () -> hook.callsFor(message.id()).size() == 1);
        }
    }

    /** A person may get it twice then, and never a third time. */
    @Test
    void providerThatAnswersTooLateAndTheNextHaveEachSentItOnce() {
        postern.sms().answerAfter(Duration.ofSeconds(2));
        var told = Told.queued(postern);
        var message = Posting.sms(Posting.number(), Instant.now().plusSeconds(300), told.receipt());
        posting.queue(message);
        told.await("sent");

        var pages = new DeliveryPages(postern);
        Await.until(SOON, "it is done", () -> pages.isDone(Channel.SMS));
        assertEquals(1, postern.sms().messagesTo(message.to()).size());
        assertEquals(1, hook.callsFor(message.id()).size());
    }

    @Test
    void refusedNumberIsNotOfferedToTheNextProvider() {
        postern.sms().now(Manner.REFUSES);
        var told = Told.queued(postern);
        var message = Posting.sms(Posting.number(), Instant.now().plusSeconds(300), told.receipt());
        posting.queue(message);
        told.await("failed");
        assertEquals(0, hook.callsFor(message.id()).size());
    }

    @Test
    void refusedRecipientOfAMailIsNotTriedAgain() {
        var told = Told.queued(postern);
        var message = Posting.mail("refused@example.com", Instant.now().plusSeconds(300), told.receipt());
        posting.queue(message);
        told.await("failed");
        assertEquals(1, smtp.asked("refused@example.com"));
    }

    @Test
    void recipientThatIsPutOffIsTriedAgain() {
        var told = Told.queued(postern);
        var message = Posting.mail("greylisted@example.com", Instant.now().plusSeconds(300), told.receipt());
        posting.queue(message);
        Await.until(SOON, "it is tried again", () -> smtp.asked("greylisted@example.com") >= 2);
        assertEquals("retrying", told.state());
    }
}
