package io.postern.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.postern.embedded.Await;
import io.postern.harness.Postern;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** DESIGN section 6: a copy that was frozen between reading a message and sending it. */
final class StoodStillIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final int FROZEN = 0;

    @Test
    void messageOfAFrozenCopyIsSentByAnotherAndNotOnceMoreWhenItThaws() {
        // The thawed copy must not have given up its read, else it could send nothing anyway.
        var options = Postern.Options.DEFAULT
                .withDelivery()
                .withEnvironment("POSTERN_DELIVERY_LONGEST_TRY", "2s")
                .withEnvironment("POSTERN_DELIVERY_TAKEOVER", "4s")
                .withEnvironment("QUARKUS_REDIS_DELIVERY_TIMEOUT", "60s");
        try (var postern = Postern.start(options);
                var posting = Posting.to(postern)) {
            var pages = new DeliveryPages(postern);
            var message = heldByAFrozenCopy(postern, posting);
            long before = sentByTheOther(pages);

            Await.until(SOON, "another copy has sent it", () -> sent(postern, message) == 1);
            Await.until(SOON, "and says so", () -> sentByTheOther(pages) > before && pages.held(Channel.SMS) == 0);
            postern.copy(FROZEN).thaw();

            long earlier = pages.sent(FROZEN);
            Await.until(SOON, "the thawed copy sends again", () -> {
                posting.queue(Posting.sms(Posting.number()));
                return pages.sent(FROZEN) > earlier;
            });
            assertFalse(Await.holdsWithin(Duration.ofSeconds(2), () -> sent(postern, message) > 1));
            assertEquals(1, sent(postern, message));
        }
    }

    private static long sentByTheOther(DeliveryPages pages) {
        return pages.sent(1 - FROZEN);
    }

    /** Redis hands a message to a reader that waits, frozen or not; it may be that none waits just then. */
    private static Message heldByAFrozenCopy(Postern postern, Posting posting) {
        var held = Stream.generate(() -> tryToHold(postern, posting))
                .limit(20)
                .flatMap(Optional::stream)
                .findFirst();
        return held.orElseThrow(() -> new AssertionError("The frozen copy never had one in hand"));
    }

    private static Optional<Message> tryToHold(Postern postern, Posting posting) {
        var messages =
                List.of(Posting.sms(Posting.number()), Posting.sms(Posting.number()), Posting.sms(Posting.number()));
        postern.copy(FROZEN).freeze();
        messages.forEach(posting::queue);
        boolean allButOne = Await.holdsWithin(
                        Duration.ofMillis(1500), () -> unsent(postern, messages).isEmpty())
                ? false
                : unsent(postern, messages).size() == 1;
        if (allButOne) {
            return Optional.of(unsent(postern, messages).getFirst());
        }
        postern.copy(FROZEN).thaw();
        Await.until(SOON, "all are sent", () -> unsent(postern, messages).isEmpty());
        return Optional.empty();
    }

    private static List<Message> unsent(Postern postern, List<Message> messages) {
        return messages.stream().filter(message -> sent(postern, message) == 0).toList();
    }

    private static int sent(Postern postern, Message message) {
        return postern.sms().messagesTo(message.to()).size();
    }
}
