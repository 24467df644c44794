package io.postern.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.PretendSms.Manner;
import io.postern.harness.Api;
import io.postern.harness.FaultLog;
import io.postern.harness.Postern;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** DESIGN section 6: messages go out by themselves, once, and never after their end. Two copies, as they come. */
@TestInstance(Lifecycle.PER_CLASS)
final class DeliveryIT {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final Postern postern = Postern.start(Postern.Options.DEFAULT.withDelivery());
    private final Posting posting = Posting.to(postern);
    private final DeliveryPages pages = new DeliveryPages(postern);

    @AfterEach
    void mend() {
        postern.mail().goOn();
        postern.sms().now(Manner.TAKES);
    }

    @AfterAll
    void close() {
        posting.close();
        postern.close();
    }

    @Test
    void queuedMailIsSentWithinSeconds() {
        var told = Told.queued(postern);
        var message = Posting.mail(Posting.address(), Instant.now().plusSeconds(600), told.receipt());

        posting.queue(message);

        awaitMail(message, SOON);
        told.await("sent");
        var mail = postern.mail().mailsTo(message.to()).getFirst();
        assertEquals("Postern <postern@example.com>", mail.from());
        assertEquals("Your code for Shop", mail.subject());
        assertEquals("The code is 482913.", mail.text().strip());
        assertEquals(
                "<p>The code is <b>482913</b>.</p>", String.valueOf(mail.html()).strip());
        assertEquals("<" + message.id() + "@example.com>", mail.header("Message-ID"));
        assertEquals("auto-generated", mail.header("Auto-Submitted"));
    }

    @Test
    void mailComesFromTheApplicationsSender() {
        var message = Posting.mailOf("Shop, Inc. <no-reply@shop.example>", Posting.address(), "Your code");
        posting.queue(message);
        awaitMail(message, SOON);
        var mail = postern.mail().mailsTo(message.to()).getFirst();
        assertEquals("\"Shop, Inc.\" <no-reply@shop.example>", mail.from());
        assertEquals("<" + message.id() + "@shop.example>", mail.header("Message-ID"));
    }

    @Test
    void subjectAddsNoHeaderAndAddressNoRecipient() {
        var victim = Posting.address();
        var message = Posting.mailOf(null, Posting.address(), "Café\r\nBcc: " + victim + "\r\n\r\nBody");
        var bad = Posting.mail(
                Posting.address() + ">\r\nRCPT TO:<" + victim, Instant.now().plusSeconds(60), null);
        var two = Posting.mail(Posting.address() + "," + victim, Instant.now().plusSeconds(60), null);
        posting.queue(bad);
        posting.queue(two);
        posting.queue(message);
        awaitMail(message, SOON);
        Await.until(SOON, "all are done", () -> pages.waiting(Channel.EMAIL) == 0);
        assertEquals(List.of(), postern.mail().mailsTo(victim));
        var mail = postern.mail().mailsTo(message.to()).getFirst();
        assertEquals("Café Bcc: " + victim + " Body", mail.subject());
        assertFalse(mail.headers().containsKey("Bcc"));
        assertEquals("The code is 482913.", mail.text().strip());
    }

    @Test
    void queuedSmsIsSentWithinSeconds() {
        var told = Told.queued(postern);
        var message = Posting.sms(Posting.number(), Instant.now().plusSeconds(300), told.receipt());

        posting.queue(message);

        awaitSms(message, SOON);
        told.await("sent");
        var sms = postern.sms().messagesTo(message.to()).getFirst();
        assertEquals(message.content().text(), sms.text());
        assertEquals("+15005550006", sms.from());
    }

    @Test
    void eachOfManyIsSentOnceByTwoCopies() {
        var mails = IntStream.range(0, 300)
                .mapToObj(i -> Posting.mail(Posting.address()))
                .toList();
        var texts = IntStream.range(0, 100)
                .mapToObj(i -> Posting.sms("+1604555%04d".formatted(i)))
                .toList();
        Stream.concat(mails.stream(), texts.stream()).forEach(posting::queue);

        Await.until(
                Duration.ofSeconds(60),
                "all is done",
                () -> pages.waiting(Channel.EMAIL) == 0 && pages.waiting(Channel.SMS) == 0);
        for (var mail : mails) {
            assertEquals(1, postern.mail().mailsTo(mail.to()).size());
        }
        for (var text : texts) {
            assertEquals(1, postern.sms().messagesTo(text.to()).size());
        }
        assertTrue(pages.sent(0) > 0 && pages.sent(1) > 0, "one copy did it all");
    }

    @Test
    void messageWithAnIdThatWaitsAlreadyIsNotQueuedAgain() {
        postern.mail().stop();
        var message = Posting.mail(Posting.address());
        try {
            posting.queue(message);
            posting.queue(message);
        } finally {
            postern.mail().again();
        }
        awaitMail(message, Duration.ofSeconds(45));
        Await.until(
                Duration.ofSeconds(45),
                "nothing is left to send",
                () -> size("XLEN", "queue") == 0 && size("ZCARD", "later") == 0);
        assertEquals(1, postern.mail().mailsTo(message.to()).size());
    }

    /** RULES H4. */
    @Test
    void queueHoldsNeitherDestinationNorTextAndSurvivesAServerThatIsAway() {
        var told = Told.queued(postern);
        var message = Posting.mail(Posting.address(), Instant.now().plusSeconds(600), told.receipt());
        postern.mail().stop();
        try {
            posting.queue(message);
            told.await("retrying");
            Await.until(SOON, "it waits for another try", () -> size("ZCARD", "later") > 0);
            for (var key : keys()) {
                var read = withDecoded(content(key));
                assertFalse(read.contains(message.to()), key);
                assertFalse(read.contains("482913"), key);
                assertTrue(postern.redis().command("PTTL", key) instanceof Long left && left > 0, key + " has no end");
            }
        } finally {
            postern.mail().again();
        }
        awaitMail(message, Duration.ofSeconds(45));
        told.await("sent");
    }

    @Test
    void messageIsNeverSentAfterItsEnd() {
        var told = Told.queued(postern);
        var message = Posting.mail(Posting.address(), Instant.now().plusSeconds(4), told.receipt());
        postern.mail().stop();
        try {
            posting.queue(message);
            told.await("failed");
        } finally {
            postern.mail().again();
        }
        sentinel();
        assertEquals(List.of(), postern.mail().mailsTo(message.to()));
    }

    /** Its connection was there in time, and the server goes on with it later. */
    @Test
    void messageWhoseServerHangsIsNotSentAfterItsEnd() {
        var told = Told.queued(postern);
        var message = Posting.mail(Posting.address(), Instant.now().plusSeconds(4), told.receipt());
        postern.mail().hang();
        posting.queue(message);
        told.await("failed");
        postern.mail().goOn();
        sentinel();
        assertEquals(List.of(), postern.mail().mailsTo(message.to()));
    }

    @Test
    void messageThatHasEndedIsDropped() {
        var told = Told.queued(postern);
        var message = Posting.sms(Posting.number(), Instant.now().minusMillis(1), told.receipt());
        posting.queue(message);
        told.await("failed");
        assertEquals(List.of(), postern.sms().messagesTo(message.to()));
    }

    @Test
    void hangingMailServerSlowsNeitherCallersNorTheOtherChannel() {
        postern.mail().hang();
        var mails = IntStream.range(0, 40)
                .mapToObj(i -> Posting.mail(Posting.address()))
                .toList();
        var begin = Instant.now();
        mails.forEach(posting::queue);
        assertTrue(Duration.between(begin, Instant.now()).compareTo(Duration.ofSeconds(4)) < 0, "callers waited");

        var text = Posting.sms(Posting.number());
        posting.queue(text);
        awaitSms(text, SOON);

        postern.mail().goOn();
        mails.forEach(mail -> awaitMail(mail, Duration.ofSeconds(60)));
    }

    @Test
    void receiptOfAHashThatHasEndedIsNotMade() {
        var receipt = new Receipt("postern:{receipt-" + UUID.randomUUID() + "}:challenge", "delivery", Instant.now());
        var message = Posting.sms(Posting.number(), Instant.now().plusSeconds(300), receipt);
        posting.queue(message);
        awaitSms(message, SOON);
        Await.until(SOON, "it is done", () -> pages.waiting(Channel.SMS) == 0);
        assertEquals(0L, postern.redis().command("EXISTS", receipt.key()));
    }

    /** A code was sent again, and the message before it still has to say something. */
    @Test
    void receiptTellsOfTheNewestMessageAlone() {
        var told = Told.queued(postern);
        var older = Posting.sms(Posting.number(), Instant.now().plusSeconds(300), told.older());
        posting.queue(older);
        awaitSms(older, SOON);
        Await.until(SOON, "it is done", () -> pages.waiting(Channel.SMS) == 0);
        var newest = Posting.sms(Posting.number(), Instant.now().minusMillis(1), told.receipt());
        posting.queue(newest);
        Await.until(SOON, "it has ended", () -> !told.state().equals("queued"));
        assertEquals("failed", told.state());
    }

    @Test
    void receiptAndHealthTellHowLongTheProviderTook() {
        postern.sms().answerAfter(Duration.ofMillis(700));
        var told = Told.queued(postern);
        var message = Posting.sms(Posting.number(), Instant.now().plusSeconds(300), told.receipt());
        posting.queue(message);
        told.await("sent");
        var handover = told.progress().handover().orElseThrow();
        assertTrue(handover.took().compareTo(Duration.ofMillis(700)) >= 0, handover::toString);
        assertTrue(handover.took().compareTo(Duration.ofSeconds(5)) < 0, handover::toString);
        assertFalse(handover.at().isBefore(told.receipt().queuedAt()), handover::toString);
        for (int copy = 0; copy < 2; copy++) {
            var health = Api.at(postern.copy(copy).baseUrl())
                    .get("/q/health/group/delivery")
                    .expect(200)
                    .body();
            var longest =
                    Pattern.compile("\"sms\\.twilio\\.longest_ms\": (\\d+)").matcher(health);
            assertTrue(longest.find(), health);
            assertTrue(Long.parseLong(longest.group(1)) >= 700, health);
            assertTrue(health.contains("\"sms.twilio.median_ms\": "), health);
        }
    }

    @Test
    void poisonedMessagesStopNobodyAndTellNothing() {
        var faults = FaultLog.from(postern);
        var key = "postern:{delivery:sms}:queue";
        var moved = Posting.sms(Posting.number());
        var sealed = posting.envelope().seal(moved, Envelope.queue(UUID.randomUUID()));
        for (int i = 0; i < 10; i++) {
            postern.redis().command("XADD", key, "*", "message", "garbage 482913");
            postern.redis().command("XADD", key, "*", "other", "482913");
            postern.redis()
                    .command("XADD", key, "*", "message", "1 " + QueuedMessage.untimed(UUID.randomUUID(), sealed));
        }
        var message = Posting.sms(Posting.number());
        posting.queue(message);

        awaitSms(message, SOON);
        Await.until(SOON, "they are dropped", () -> size("XLEN", "queue", Channel.SMS) == 0);
        assertEquals(List.of(), postern.sms().messagesTo(moved.to()));
        var entries = faults.entries();
        assertEquals(30, entries.size(), entries::toString);
        assertFalse(entries.toString().contains("482913"), entries::toString);
        assertFalse(entries.toString().contains(moved.to()), entries::toString);
    }

    @Test
    void refusedNumberIsNotTriedAgain() {
        Await.until(SOON, "what came before is done", () -> pages.isDone(Channel.SMS));
        var told = Told.queued(postern);
        var message = Posting.sms(Posting.number(), Instant.now().plusSeconds(300), told.receipt());
        postern.sms().now(Manner.REFUSES);
        int before = postern.sms().calls();

        posting.queue(message);

        told.await("failed");
        postern.sms().now(Manner.TAKES);
        var next = Posting.sms(Posting.number());
        posting.queue(next);
        awaitSms(next, SOON);
        assertEquals(before + 2, postern.sms().calls());
        assertEquals(List.of(), postern.sms().messagesTo(message.to()));
    }

    @Test
    void providerThatFailsOrIsBusyIsTriedAgain() {
        var told = Told.queued(postern);
        var message = Posting.sms(Posting.number(), Instant.now().plusSeconds(300), told.receipt());
        postern.sms().now(Manner.FAILS);
        posting.queue(message);
        told.await("retrying");
        int before = postern.sms().calls();
        postern.sms().now(Manner.IS_BUSY);
        Await.until(SOON, "it is tried again", () -> postern.sms().calls() > before);
        postern.sms().now(Manner.TAKES);
        awaitSms(message, Duration.ofSeconds(45));
        told.await("sent");
        assertEquals(1, postern.sms().messagesTo(message.to()).size());
    }

    @Test
    void healthIsDownWhenAMessageWaitsForOverAMinuteAndReadinessIsNot() {
        Api.at(postern.first()).get("/q/health/group/delivery").expect(200);
        postern.mail().stop();
        var message = Posting.mail(Posting.address());
        try {
            posting.queue(message);
            Await.until(SOON, "it waits", () -> size("ZCARD", "later") > 0);
            var old = Long.toString(Instant.now().minusSeconds(70).toEpochMilli());
            postern.redis()
                    .command(
                            "ZADD",
                            "postern:{delivery:email}:waiting",
                            old,
                            message.id().toString());

            var health = Api.at(postern.first()).get("/q/health/group/delivery").expect(503);
            Api.at(postern.first()).get("/q/health/ready").expect(200);
            assertTrue(health.body().contains("\"email.waiting\": 1"), health::body);
            assertFalse(health.body().contains("example.com"), health::body);
            Await.until(
                    SOON,
                    "the metrics say so",
                    () -> pages.of(0).contains("postern_delivery_queue_oldest_seconds")
                            && pages.gauge("postern_delivery_queue_oldest_seconds", Channel.EMAIL) >= 60
                            && pages.gauge("postern_delivery_queue_depth", Channel.EMAIL) == 1);
        } finally {
            postern.mail().again();
        }
        awaitMail(message, Duration.ofSeconds(45));
        Await.until(
                SOON,
                "all is well",
                () -> Api.at(postern.first()).get("/q/health/group/delivery").status() == 200);
    }

    /** RULES C4. */
    @Test
    void metricsAndHealthTellWhatBecameOfMessagesAndNotWhose() {
        var message = Posting.sms(Posting.number());
        posting.queue(message);
        awaitSms(message, SOON);
        Await.until(SOON, "it is counted", () -> pages.sent(0) + pages.sent(1) > 0);
        for (int copy = 0; copy < 2; copy++) {
            var page = pages.of(copy);
            assertFalse(page.contains(message.to().substring(1)), page);
            assertFalse(page.contains("@example"), page);
        }
        var all = pages.of(0) + pages.of(1);
        assertTrue(
                Pattern.compile("postern_deliveries_total\\{.*channel=\"sms\".*outcome=\"sent\".*provider=\"twilio\"")
                        .matcher(all)
                        .find(),
                all);
        assertTrue(all.contains("postern_delivery_provider_seconds_count"), all);
        assertTrue(all.contains("postern_delivery_time_seconds_count"), all);
    }

    /** What was queued before it has been dealt with when it arrives. */
    private void sentinel() {
        var sentinels = IntStream.range(0, 20)
                .mapToObj(i -> Posting.mail(Posting.address()))
                .toList();
        sentinels.forEach(posting::queue);
        sentinels.forEach(one -> awaitMail(one, Duration.ofSeconds(45)));
    }

    private void awaitMail(Message message, Duration deadline) {
        Await.until(
                deadline,
                "the mail is there",
                () -> !postern.mail().mailsTo(message.to()).isEmpty());
    }

    private void awaitSms(Message message, Duration deadline) {
        Await.until(
                deadline,
                "the SMS is there",
                () -> !postern.sms().messagesTo(message.to()).isEmpty());
    }

    private long size(String command, String key) {
        return size(command, key, Channel.EMAIL);
    }

    private long size(String command, String key, Channel channel) {
        return postern.redis().command(command, "postern:{delivery:" + channel.id() + "}:" + key) instanceof Long size
                ? size
                : 0;
    }

    private List<String> keys() {
        return postern.redis().command("KEYS", "postern:{delivery:*") instanceof List<?> keys
                ? keys.stream().map(String::valueOf).toList()
                : List.of();
    }

    private String content(String key) {
        return String.valueOf(
                switch (String.valueOf(postern.redis().command("TYPE", key))) {
                    case "list" -> postern.redis().command("LRANGE", key, "0", "-1");
                    case "stream" -> postern.redis().command("XRANGE", key, "-", "+");
                    default -> postern.redis().command("ZRANGE", key, "0", "-1");
                });
    }

    private static String withDecoded(String text) {
        var read = new StringBuilder(text);
        Pattern.compile("[A-Za-z0-9+/]{40,}={0,2}").matcher(text).results().forEach(found -> {
            var bytes = Base64.getMimeDecoder().decode(found.group());
            read.append(new String(bytes, StandardCharsets.ISO_8859_1))
                    .append(HexFormat.of().formatHex(bytes));
        });
        return read.toString();
    }
}
