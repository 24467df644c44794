package io.postern.delivery;

import io.postern.problem.Problem;
import io.postern.store.Scripts;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The way in: a message is queued sealed, in one round trip, and sent by some copy soon after. It is sent once where nothing
 * dies in between, and never after its end.
 */
@Singleton
public final class Delivery {

    private final Envelope envelope;
    private final Set<Channel> on = EnumSet.noneOf(Channel.class);
    private final Map<Channel, Queue> queues = new EnumMap<>(Channel.class);

    Delivery(Scripts scripts, Envelope envelope, @All List<Courier> couriers) {
        this.envelope = envelope;
        couriers.stream().filter(Courier::isOn).map(Courier::channel).forEach(on::add);
        on.forEach(channel -> queues.put(channel, new Queue(scripts, channel)));
    }

    /** Whether the operator has configured a way for the channel's messages. */
    public boolean isOn(Channel channel) {
        return on.contains(channel);
    }

    /**
     * Queues a message of a channel that is on. One with the same id that is not done yet is left as it is. The receipt is the
     * caller's until then: see {@link Receipt}.
     *
     * @throws Problem {@code store_unavailable}; the message may be queued all the same (RULES B6)
     */
    public void queue(Message message) {
        var queue = queues.get(message.channel());
        if (queue == null) {
            throw new IllegalStateException("No message can be sent by " + message.channel());
        }
        queue.add(message.id(), envelope.seal(message.askedForHere(), Envelope.queue(message.id())), message.end());
    }
}
