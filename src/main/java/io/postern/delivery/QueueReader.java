package io.postern.delivery;

import io.postern.store.Scripts;
import io.quarkus.redis.datasource.stream.StreamCommands;
import io.quarkus.redis.datasource.stream.StreamMessage;
import io.quarkus.redis.datasource.stream.XReadGroupArgs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Takes messages of one channel out of the queue, never more than are sent at once, and hands each to a virtual thread of its
 * own. Goes on by itself after any failure of Redis.
 */
final class QueueReader implements Runnable {

    /** Ends in time when the copy stops, and is well below the time-out of the client. */
    private static final Duration BLOCK = Duration.ofSeconds(1);

    private static final Duration BETWEEN_MOVES = Duration.ofMillis(500);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Queue queue;
    private final Sender sender;
    private final StreamCommands<String, String, String> stream;
    private final Parts parts;
    private final Outage outage;
    private final Semaphore free;
    private boolean prepared;
    private boolean wasAway;
    private Instant nextMove = Instant.EPOCH;
    private Instant nextTakeover = Instant.EPOCH;
    private Duration pause = FIRST_PAUSE;

    /**
     * What all channels share.
     *
     * @param consumer the name of this copy in the group
     */
    record Parts(String consumer, DeliveryConfig config, Clock clock, CountDownLatch stopping) {}

    QueueReader(
            Channel channel, Queue queue, Sender sender, StreamCommands<String, String, String> stream, Parts parts) {
        this.queue = queue;
        this.sender = sender;
        this.stream = stream;
        this.parts = parts;
        this.outage = new Outage("The queue of " + channel.id());
        this.free = new Semaphore(parts.config().workers());
    }

    @Override
    public void run() {
        while (parts.stopping().getCount() > 0) {
            try {
                turn();
                outage.over();
                pause = FIRST_PAUSE;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException failure) {
                if ("NOGROUP".equals(Scripts.errorReply(failure))) {
                    prepared = false; // Redis has come back empty, or nobody used the queue for long
                } else {
                    outage.met(failure);
                    prepared = false;
                    wasAway = true;
                    pause();
                }
            }
        }
    }

    /** Waits until what this copy has begun is done, then leaves the group. What is not done in time is taken over. */
    void awaitDone(Duration longest) throws InterruptedException {
        if (free.tryAcquire(parts.config().workers(), longest.toMillis(), TimeUnit.MILLISECONDS)) {
            try {
                queue.leave(parts.consumer());
            } catch (RuntimeException unavailable) {
                return; // another copy forgets this one later
            }
        }
    }

    private void turn() throws InterruptedException {
        if (!prepared) {
            queue.prepare();
            prepared = true;
            letOthersSettle();
        }
        var now = parts.clock().instant();
        if (!now.isBefore(nextMove)) {
            queue.moveDue();
            nextMove = now.plus(BETWEEN_MOVES);
        }
        int workers = acquire();
        if (workers == 0) {
            return;
        }
        int idle = workers;
        try {
            for (var entry : take(workers)) {
                if (idle == 0) {
                    throw new IllegalStateException("Redis gave more messages than were asked for");
                }
                idle--;
                start(entry);
            }
        } finally {
            free.release(idle);
        }
    }

    /** What others have sent while Redis was away still looks as if it were in hand, until they have said so. */
    private void letOthersSettle() {
        if (wasAway) {
            wasAway = false;
            nextTakeover = parts.clock().instant().plus(parts.config().takeover());
        }
    }

    /** How many more messages can be sent now: waits a while for one. */
    private int acquire() throws InterruptedException {
        if (!free.tryAcquire(BETWEEN_MOVES.toMillis(), TimeUnit.MILLISECONDS)) {
            return 0;
        }
        int more = 0;
        while (more < parts.config().workers() && free.tryAcquire()) {
            more++;
        }
        return 1 + more;
    }

    private List<Sender.Entry> take(int most) {
        var taken = parts.clock().instant();
        if (!taken.isBefore(nextTakeover)) {
            nextTakeover = taken.plus(parts.config().takeover().dividedBy(3));
            var left = stream.xautoclaim(
                            queue.key(),
                            Queue.GROUP,
                            parts.consumer(),
                            parts.config().takeover(),
                            "0-0",
                            most)
                    .getMessages();
            if (!left.isEmpty()) {
                nextTakeover = taken; // there may be more
                return entries(left, taken);
            }
        }
        var arguments = new XReadGroupArgs().count(most).block(BLOCK);
        return entries(stream.xreadgroup(Queue.GROUP, parts.consumer(), queue.key(), ">", arguments), taken);
    }

    private static List<Sender.Entry> entries(
            @Nullable List<StreamMessage<String, String, String>> messages, Instant taken) {
        return messages == null
                ? List.of()
                : messages.stream()
                        .map(message -> new Sender.Entry(
                                message.id(),
                                Objects.requireNonNullElse(message.payload().get(Queue.FIELD), ""),
                                taken))
                        .toList();
    }

    private void start(Sender.Entry entry) {
        Thread.ofVirtual().name("delivery-" + entry.id()).start(() -> {
            try {
                sender.handle(entry);
            } catch (RuntimeException unavailable) {
                outage.met(unavailable); // the message stays this copy's and is taken over
            } finally {
                free.release();
            }
        });
    }

    private void pause() {
        try {
            if (!parts.stopping().await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                var longer = pause.multipliedBy(2);
                pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
