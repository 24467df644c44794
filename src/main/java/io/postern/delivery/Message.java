package io.postern.delivery;

import io.postern.tracing.TraceParent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way. It lies sealed in the queue.
 *
 * @param id the same at each try, so that a receiver can tell a repetition
 * @param application whose person it is for, for metrics
 * @param to an address, or a number in E.164
 * @param sender of a mail, as the application wishes it; null for the configured one
 * @param end when it is of no use any more and must not be sent
 * @param receipt where its state is told; null where nobody looks
 * @param asked where in which trace it was asked for, see {@link TraceParent}; null where that is not traced
 */
@RegisterForReflection
public record Message(
        UUID id,
        Channel channel,
        String application,
        String to,
        @Nullable String sender,
        Content content,
        Instant end,
        @Nullable Receipt receipt,
        @Nullable String asked) {

    public Message(
            UUID id,
            Channel channel,
            String application,
            String to,
            @Nullable String sender,
            Content content,
            Instant end,
            @Nullable Receipt receipt) {
        this(id, channel, application, to, sender, content, end, receipt, null);
    }

    /** The same, asked for by what runs now. */
    Message askedForHere() {
        return new Message(id, channel, application, to, sender, content, end, receipt, TraceParent.current());
    }

    /** Tells no destination and no content. */
    @Override
    public String toString() {
        return "Message[" + id + ", " + channel + "]";
    }
}
