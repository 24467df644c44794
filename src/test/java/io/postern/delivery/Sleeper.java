package io.postern.delivery;

import io.postern.harness.Postern;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A copy that has taken messages out of the stream some time ago, and has not said what became of them. */
record Sleeper(Postern postern, Posting posting) {
    private static final List<String> KEYS = List.of("postern:{delivery:sms}:queue", "postern:{delivery:sms}:waiting");

    /** In one step, so that no other copy gets the message first. */
    private static final String TAKE = """
            redis.call('ZADD', KEYS[2], ARGV[1], ARGV[2])
            redis.call('XADD', KEYS[1], '*', 'message', ARGV[1] .. ' ' .. ARGV[3])
            local read = redis.call('XREADGROUP', 'GROUP', ARGV[4], 'sleeper', 'STREAMS', KEYS[1], '>')
            local entry = read[1][2][1][1]
            redis.call('XCLAIM', KEYS[1], ARGV[4], 'sleeper', 0, entry, 'IDLE', ARGV[5])
            return entry
            """;

    /** Takes an SMS; returns its entry in the stream. */
    String takes(Message message, Duration ago) {
        var sealed = posting.envelope().seal(message, Envelope.queue(message.id()));
        return String.valueOf(postern.redis()
                .command(
                        "EVAL",
                        TAKE,
                        "2",
                        KEYS.getFirst(),
                        KEYS.getLast(),
                        Long.toString(Instant.now().toEpochMilli()),
                        message.id().toString(),
                        QueuedMessage.untimed(message.id(), sealed),
                        Queue.GROUP,
                        Long.toString(ago.toMillis())));
    }

    /** Says that it was sent. */
    void says(String entry, Message message) {
        postern.redis().command("XACK", KEYS.getFirst(), Queue.GROUP, entry);
        postern.redis().command("XDEL", KEYS.getFirst(), entry);
        postern.redis().command("ZREM", KEYS.getLast(), message.id().toString());
    }
}
