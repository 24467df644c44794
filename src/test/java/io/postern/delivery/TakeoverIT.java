package io.postern.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.PretendSms.Manner;
import io.postern.embedded.ServiceEnvironment;
import io.postern.harness.ExtraCopies;
import io.postern.harness.Postern;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** DESIGN section 6: what a copy has begun is not lost with it. */
final class TakeoverIT {
    private static final Map<String, String> SHORT =
            Map.of("POSTERN_DELIVERY_LONGEST_TRY", "4s", "POSTERN_DELIVERY_TAKEOVER", "8s");

    @Test
    void messagesOfAKilledCopyAreSentByAnother() {
        var options = Postern.Options.DEFAULT.withCopies(1).withDelivery();
        for (var setting : SHORT.entrySet()) {
            options = options.withEnvironment(setting.getKey(), setting.getValue());
        }
        try (var postern = Postern.start(options);
                var posting = Posting.to(postern);
                var copies = ExtraCopies.beside(postern)) {
            var pages = new DeliveryPages(postern);
            var messages = IntStream.range(0, 5)
                    .mapToObj(i -> Posting.sms("+1415555012" + i))
                    .toList();
            var told = Told.queued(postern);
            var first = Posting.sms(Posting.number(), messages.getFirst().end(), told.receipt());
            postern.sms().now(Manner.HANGS);
            posting.queue(first);
            messages.forEach(posting::queue);
            Await.until(
                    Duration.ofSeconds(20),
                    "it has them in hand",
                    () -> postern.sms().calls() >= 6);

            postern.copy(0).kill();

            assertTrue(pages.held(Channel.SMS) > 0, "it had put all of them off");
            postern.sms().now(Manner.TAKES);
            var environment = new HashMap<>(
                    ServiceEnvironment.ofDelivery(Optional.of(postern.mail()), Optional.of(postern.sms())));
            environment.putAll(SHORT);
            copies.start(environment);
            told.await("sent");
            for (var message : messages) {
                Await.until(
                        Duration.ofSeconds(30),
                        "it is sent",
                        () -> !postern.sms().messagesTo(message.to()).isEmpty());
                assertEquals(1, postern.sms().messagesTo(message.to()).size());
            }
            Await.until(Duration.ofSeconds(10), "nothing is held", () -> pages.held(Channel.SMS) == 0);
        }
    }
}
