package io.postern.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.postern.crypto.UndecryptableException;
import io.postern.problem.LoggedFailure;
import io.postern.tracing.Traces;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Carries one message of a channel to its end: sent, put off, refused or over. Counts {@code postern_deliveries_total} and
 * times {@code postern_delivery_time_seconds}, from queued to sent.
 */
final class Sender {

    private static final Logger LOG = Logger.getLogger(Sender.class);
    private static final String NO_PROVIDER = "none";

    /** Each of them may have gone out, and each costs. */
    private static final int MOST_UNANSWERED = 3;

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Courier courier;
    private final Queue queue;
    private final Parts parts;

    /** What all channels share. */
    record Parts(
            Envelope envelope,
            Receipts receipts,
            RetryDelay retryDelay,
            DeliveryConfig config,
            MeterRegistry registry,
            Traces traces,
            Clock clock) {}

    Sender(Courier courier, Queue queue, Parts parts) {
        this.courier = courier;
        this.queue = queue;
        this.parts = parts;
    }

    /**
     * An entry that this copy took out of the stream.
     *
     * @param taken when it was asked for: from then on nobody else has it until the takeover
     */
    record Entry(String id, String text, Instant taken) {}

    void handle(Entry entry) {
        var queued = QueuedMessage.parse(entry.text());
        if (queued.isEmpty()) {
            LOG.errorf("An entry of the queue of %s is no message and is dropped", channel());
            queue.finish(entry.id(), Optional.empty());
            return;
        }
        var message = open(queued.get());
        if (message.isEmpty()) {
            queue.finish(entry.id(), Optional.of(queued.get().id()));
        } else {
            handle(new Held(entry, queued.get(), message.get()));
        }
    }

    private record Held(Entry entry, QueuedMessage queued, Message message) {}

    private Optional<Message> open(QueuedMessage queued) {
        try {
            var message = parts.envelope().open(queued.sealedBytes(), Envelope.queue(queued.id()));
            if (message.channel() == courier.channel()) {
                return Optional.of(message);
            }
            LOG.errorf(
                    "The message %s in the queue of %s is of another channel and is dropped", queued.id(), channel());
        } catch (UndecryptableException | IllegalArgumentException unreadable) {
            LOG.errorf("The queued message %s is dropped: %s", queued.id(), unreadable.getMessage());
        }
        return Optional.empty();
    }

    private void handle(Held held) {
        var now = parts.clock().instant();
        var longest = parts.config().longestTry();
        if (now.isAfter(held.entry().taken().plus(parts.config().takeover()).minus(longest))) {
            return; // this copy stood still: somebody else has it, or will
        }
        var left = Duration.between(now, held.message().end());
        if (!left.isPositive()) {
            fail(held, "expired", NO_PROVIDER);
            return;
        }
        try {
            sent(held, carry(held.message(), left.compareTo(longest) < 0 ? left : longest));
        } catch (NotDelivered failure) {
            afterFailure(held, failure);
        } catch (RuntimeException fault) {
            LOG.errorf("The message %s met a fault: %s", held.queued().id(), LoggedFailure.describe(fault));
            afterFailure(held, NotDelivered.failed(NO_PROVIDER, fault));
        }
    }

    private Handed carry(Message message, Duration limit) {
        return parts.traces().takenUp("deliver " + channel(), message.asked(), () -> courier.send(message, limit));
    }

    private void afterFailure(Held held, NotDelivered failure) {
        if (failure.isRefused()) {
            fail(held, "failed", failure.provider());
            return;
        }
        var end = held.message().end();
        var left = Duration.between(parts.clock().instant(), end);
        var next = held.queued().afterAnotherTry(!failure.isUnanswered());
        if (next.unanswered() >= MOST_UNANSWERED) {
            fail(held, "unanswered", failure.provider());
            return;
        }
        var delay = failure.isUnanswered()
                ? parts.retryDelay().longest(left)
                : parts.retryDelay().after(next.tries(), left);
        if (delay.compareTo(left) >= 0) {
            fail(held, "expired", failure.provider());
            return;
        }
        tell(held, receipt -> Progress.of(receipt.queuedAt(), DeliveryState.RETRYING));
        settle(end, () -> queue.putOff(held.entry().id(), next, delay, end));
        count(held.message(), failure.provider(), "retried");
    }

    private void sent(Held held, Handed handed) {
        var at = parts.clock().instant();
        settle(
                held.message().end(),
                () -> queue.finish(held.entry().id(), held.queued().id(), handed));
        tell(held, receipt -> Progress.sent(receipt.queuedAt(), at, handed.took()));
        count(held.message(), handed.provider(), "sent");
        parts.registry()
                .timer("postern.delivery.time", "channel", channel())
                .record(Duration.between(held.queued().queuedAt(), at));
    }

    private void fail(Held held, String outcome, String provider) {
        settle(
                held.message().end(),
                () -> queue.finish(held.entry().id(), Optional.of(held.queued().id())));
        tell(held, receipt -> Progress.of(receipt.queuedAt(), DeliveryState.FAILED));
        count(held.message(), provider, outcome);
    }

    private void tell(Held held, Function<Receipt, Progress> progress) {
        var receipt = held.message().receipt();
        if (receipt != null) {
            parts.receipts().tell(receipt, progress.apply(receipt));
        }
    }

    /**
     * Until Redis has taken it: what was sent and is not taken out would be sent again. After the end nobody sends it. A copy
     * that stops goes on for as long as it waits for its workers.
     */
    private void settle(Instant end, Runnable step) {
        while (true) {
            try {
                step.run();
                return;
            } catch (RuntimeException unavailable) {
                if (!parts.clock().instant().isBefore(end) || interruptedInPause()) {
                    return;
                }
            }
        }
    }

    private static boolean interruptedInPause() {
        try {
            Thread.sleep(PAUSE);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void count(Message message, String provider, String outcome) {
        parts.registry()
                .counter(
                        "postern.deliveries",
                        "application",
                        message.application(),
                        "channel",
                        channel(),
                        "provider",
                        provider,
                        "outcome",
                        outcome)
                .increment();
    }

    private String channel() {
        return courier.channel().id();
    }
}
