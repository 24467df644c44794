package io.postern.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.PretendSms.Manner;
import io.postern.embedded.Redis;
import io.postern.embedded.SeededClient;
import io.postern.harness.Person;
import io.postern.harness.Postern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * DESIGN section 6: a Redis that freezes, or goes and comes back with what it had, while messages are being sent. Two copies
 * that take over after twelve seconds.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class RedisFaultsIT {
    private static final Duration SOON = Duration.ofSeconds(40);

    /** For two messages in hand of each of which nobody may be told, and a Redis that starts in between. */
    private static final Duration LATE = Duration.ofSeconds(2);

    private static final String OUTAGE = "The queue of sms fails and is tried again";

    private final Postern postern;
    private final Posting posting;
    private final DeliveryPages pages;

    RedisFaultsIT(@TempDir Path home) {
        postern = Postern.start(Postern.Options.DEFAULT
                .withDelivery()
                .withRedis(new Redis.Options(Optional.of(home), true, true))
                .withEnvironment("POSTERN_DELIVERY_LONGEST_TRY", "6s")
                .withEnvironment("POSTERN_DELIVERY_TAKEOVER", "12s"));
        posting = Posting.to(postern);
        pages = new DeliveryPages(postern);
    }

    @AfterEach
    void mend() {
        postern.sms().now(Manner.TAKES);
    }

    @AfterAll
    void close() {
        posting.close();
        postern.close();
    }

    @Test
    void frozenRedisHasNothingSentTwiceNothingSentLateAndNothingLost() {
        var person = Person.enrolled(postern, postern.api(SeededClient.DEMO_ADMIN, 0));
        postern.accessToken(SeededClient.DEMO_ADMIN);
        postern.sms().answerAfter(LATE);
        int before = postern.sms().calls();
        var messages = messages(24);
        var told = Told.queued(postern);
        var ending = Posting.sms(Posting.number(), Instant.now().plusSeconds(7), told.receipt());
        messages.forEach(posting::queue);
        posting.queue(ending);
        Await.until(SOON, "each copy has eight in hand", () -> postern.sms().calls() >= before + 16);

        postern.redis().freeze();
        try {
            for (int copy = 0; copy < 2; copy++) {
                var begin = Instant.now();
                var refused = person.challenge(postern.api(SeededClient.DEMO_ADMIN, copy), Map.of("purpose", "sign_in"))
                        .expectProblem(503, "store_unavailable");
                assertTrue(refused.header("Retry-After").isPresent());
                assertTrue(Duration.between(begin, Instant.now()).compareTo(Duration.ofSeconds(4)) < 0, "it hung");
            }
            Await.until(SOON, "one has ended", () -> Instant.now().isAfter(ending.end()));
        } finally {
            postern.redis().thaw();
        }
        postern.sms().now(Manner.TAKES);

        told.await("failed");
        Await.until(SOON, "all are done", () -> pages.isDone(Channel.SMS));
        messages.forEach(message -> assertEquals(1, sent(message)));
        assertEquals(0, sent(ending));
        person.challenge();
    }

    @Test
    void messageThatWasSentWhileRedisWasAwayIsNotSentAgain() {
        postern.sms().answerAfter(LATE);
        var message = Posting.sms(Posting.number());
        long before = pages.taken(0) + pages.taken(1);
        posting.queue(message);
        Await.until(SOON, "it is with the provider", () -> sent(message) == 1);
        postern.redis().kill();
        Await.until(SOON, "the provider has answered", () -> pages.taken(0) + pages.taken(1) > before);
        postern.redis().start();
        postern.sms().now(Manner.TAKES);

        Await.until(SOON, "it is done", () -> pages.isDone(Channel.SMS));
        assertEquals(1, sent(message));
    }

    /** Both copies stop, so that whichever has it stops with it in hand. */
    @Test
    void messageThatWasSentWhileRedisWasAwayAndItsCopyStoppedIsNotSentAgain() {
        postern.sms().answerAfter(LATE);
        var message = Posting.sms(Posting.number());
        posting.queue(message);
        Await.until(SOON, "it is with the provider", () -> sent(message) == 1);
        var taken = postern.sms().messagesTo(message.to()).getFirst().at();
        try {
            var stops = IntStream.range(0, 2)
                    .mapToObj(copy ->
                            CompletableFuture.runAsync(() -> postern.copy(copy).terminate()))
                    .toList();
            postern.redis().kill();
            var answered = taken.plus(LATE).plusMillis(800);
            Await.until(SOON, "the provider has answered", () -> Instant.now().isAfter(answered));
            postern.redis().start();
            stops.forEach(CompletableFuture::join);
            assertTrue(pages.isDone(Channel.SMS), "it was not said");
        } finally {
            IntStream.range(0, 2).forEach(postern::restart);
        }
    }

    /** Nobody can tell then that it was sent. */
    @Test
    void messageWhoseCopyDiesBeforeItCouldSaySoIsSentOnceMore() {
        postern.sms().answerAfter(LATE);
        var message = Posting.sms(Posting.number());
        posting.queue(message);
        Await.until(SOON, "it is with the provider", () -> sent(message) == 1);
        IntStream.range(0, 2).forEach(copy -> postern.copy(copy).kill());
        postern.sms().now(Manner.TAKES);
        IntStream.range(0, 2).forEach(postern::restart);

        Await.until(SOON, "it is done", () -> pages.isDone(Channel.SMS));
        assertEquals(2, sent(message));
    }

    /** Who could not say what it has sent says so first, and the others wait for it as long as for a takeover. */
    @Test
    void nothingIsTakenOverWhileOthersMayStillSayWhatTheySent() {
        var sleeper = new Sleeper(postern, posting);
        var sent = Posting.sms(Posting.number());
        var lost = Posting.sms(Posting.number());
        Await.until(SOON, "both copies have got over what came before", () -> isOver(0) && isOver(1));
        var before = List.of(outages(0), outages(1));
        var due = Instant.now().plusSeconds(3);
        var entry = sleeper.takes(sent, Duration.ofSeconds(10));
        sleeper.takes(lost, Duration.ofSeconds(10));
        postern.redis().freeze();
        try {
            Await.until(
                    SOON,
                    "both copies have noticed, and the takeover would be due",
                    () -> outages(0) > before.get(0)
                            && outages(1) > before.get(1)
                            && Instant.now().isAfter(due));
        } finally {
            postern.redis().thaw();
        }
        var next = messages(10);
        next.forEach(posting::queue);
        next.forEach(message -> Await.until(SOON, "copies send again", () -> sent(message) == 1));
        assertEquals(0, sent(sent), "it was taken over at once");
        sleeper.says(entry, sent);

        Await.until(SOON, "what nobody says anything of is taken over", () -> sent(lost) == 1);
        Await.until(SOON, "all is done", () -> pages.isDone(Channel.SMS));
        assertFalse(Await.holdsWithin(Duration.ofSeconds(1), () -> sent(sent) > 0));
    }

    private static List<Message> messages(int count) {
        return Stream.generate(() -> Posting.sms(Posting.number())).limit(count).toList();
    }

    private int sent(Message message) {
        return postern.sms().messagesTo(message.to()).size();
    }

    /** An outage that lasts is not logged again; one that a copy did not outlive is over. */
    private boolean isOver(int copy) {
        var log = log(copy);
        int over = Math.max(log.lastIndexOf("The queue of sms works again"), log.lastIndexOf(" started in "));
        return over > log.lastIndexOf(OUTAGE);
    }

    private int outages(int copy) {
        return log(copy).split(OUTAGE, -1).length - 1;
    }

    private String log(int copy) {
        try {
            return Files.readString(postern.logs().get(copy));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
