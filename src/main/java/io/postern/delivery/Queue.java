package io.postern.delivery;

import io.postern.store.Script;
import io.postern.store.Scripts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The queue of one channel on Redis: a stream with one consumer group, a sorted set of what waits for another try, and one of
 * all that is not done, by the time when it was queued. Beside them a list of how long the last ones that were sent took. The
 * keys share a slot, and each ends when the last message has.
 */
final class Queue {

    static final String GROUP = "workers";

    /** The one field of an entry. */
    static final String FIELD = "message";

    private static final String LUA = """
            local function now_ms()
              local time = redis.call('TIME')
              return time[1] * 1000 + math.floor(time[2] / 1000)
            end
            local function keep(key, till)
              if redis.call('PTTL', key) == -1 then
                redis.call('PEXPIREAT', key, till)
              else
                redis.call('PEXPIREAT', key, till, 'GT')
              end
            end
            """;

    /** A key that is made without a message ends when nobody has used the channel for a day. */
    private static final Duration UNUSED = Duration.ofDays(1);

    /** What has ended is dropped by a worker, not by Redis, so that its receipt says so. */
    private static final Duration AFTER_END = Duration.ofMinutes(5);

    private static final int MOVED_AT_ONCE = 100;
    private static final Duration DEAD = Duration.ofHours(1);

    /** Which of the messages that were sent tell how long a provider takes. */
    private static final Duration LATELY = Duration.ofMinutes(15);

    private static final int LAST = 20;

    private static final Script ADD = new Script(LUA + """
            local now = now_ms()
            if redis.call('ZADD', KEYS[3], 'NX', now, ARGV[1]) == 0 then return 0 end
            redis.call('XADD', KEYS[1], '*', 'message', string.format('%d ', now) .. ARGV[2])
            keep(KEYS[1], ARGV[3])
            keep(KEYS[3], ARGV[3])
            return 1
            """);

    private static final Script PREPARE = new Script(LUA + """
            local made = redis.pcall('XGROUP', 'CREATE', KEYS[1], ARGV[1], '0', 'MKSTREAM')
            if made.err and not string.find(made.err, 'BUSYGROUP', 1, true) then return made end
            if redis.call('PTTL', KEYS[1]) == -1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
            for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
              if consumer[4] == 0 and consumer[6] > tonumber(ARGV[3]) then
                redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], consumer[2])
              end
            end
            return 1
            """);

    private static final Script FINISH = new Script("""
            local held = redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
            redis.call('XDEL', KEYS[1], ARGV[2])
            redis.call('ZREM', KEYS[3], ARGV[3])
            return held
            """);

    /** ARGV also: the ms that it took with the provider, how long to keep them in ms, how many are kept. */
    private static final Script FINISH_SENT = new Script(LUA + """
            local held = redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
            redis.call('XDEL', KEYS[1], ARGV[2])
            redis.call('ZREM', KEYS[3], ARGV[3])
            redis.call('LPUSH', KEYS[4], string.format('%d ', now_ms()) .. ARGV[4])
            redis.call('LTRIM', KEYS[4], 0, ARGV[6] - 1)
            redis.call('PEXPIRE', KEYS[4], ARGV[5])
            return held
            """);

    /** Who does not hold the message any more puts nothing off: somebody else has it. */
    private static final Script PUT_OFF = new Script(LUA + """
            if redis.call('XACK', KEYS[1], ARGV[1], ARGV[2]) == 0 then return 0 end
            redis.call('XDEL', KEYS[1], ARGV[2])
            redis.call('ZADD', KEYS[2], now_ms() + ARGV[3], ARGV[4])
            keep(KEYS[2], ARGV[5])
            return 1
            """);

    private static final Script MOVE_DUE = new Script(LUA + """
            local due = redis.call('ZRANGE', KEYS[2], '-inf', now_ms(), 'BYSCORE', 'LIMIT', 0, ARGV[1])
            for _, message in ipairs(due) do
              redis.call('XADD', KEYS[1], '*', 'message', message)
              redis.call('ZREM', KEYS[2], message)
            end
            if #due > 0 and redis.call('PTTL', KEYS[1]) == -1 then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
            return #due
            """);

    private static final Script LOOK = new Script(LUA + """
            local oldest = redis.call('ZRANGE', KEYS[3], 0, 0, 'WITHSCORES')
            local lately = {}
            for _, taken in ipairs(redis.call('LRANGE', KEYS[4], 0, -1)) do
              local at, handed = string.match(taken, '^(%d+) (.*)$')
              if tonumber(at) > now_ms() - ARGV[1] then table.insert(lately, handed) end
            end
            return {redis.call('ZCARD', KEYS[3]), oldest[2] and now_ms() - oldest[2] or 0, lately}
            """);

    private static final Script LEAVE = new Script("""
            if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
            if #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', 1, ARGV[2]) > 0 then return 0 end
            return redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
            """);

    private final Scripts scripts;
    private final List<String> keys;

    Queue(Scripts scripts, Channel channel) {
        this.scripts = scripts;
        var prefix = "postern:{delivery:" + channel.id() + "}:";
        keys = List.of(prefix + "queue", prefix + "later", prefix + "waiting", prefix + "taken");
    }

    /** What is in it: how many messages are not done, and how long the oldest of them has waited; what was sent lately. */
    record Depth(long messages, Duration oldest, Latency latency) {}

    /** The stream. */
    String key() {
        return keys.getFirst();
    }

    /** Queues a message, unless it is there already. */
    void add(UUID id, byte[] sealed, Instant end) {
        scripts.run(ADD, keys, id.toString(), QueuedMessage.untimed(id, sealed), millis(end.plus(AFTER_END)));
    }

    /** Makes the group where it is not there, and forgets workers that are long dead and left nothing. */
    void prepare() {
        scripts.run(PREPARE, keys, GROUP, millis(UNUSED), millis(DEAD));
    }

    /** Takes a message out for good. An entry without an id is no message. */
    void finish(String entry, Optional<UUID> id) {
        scripts.run(FINISH, keys, GROUP, entry, id.map(UUID::toString).orElse(""));
    }

    /** Takes out for good a message that was sent. */
    void finish(String entry, UUID id, Handed handed) {
        scripts.run(
                FINISH_SENT,
                keys,
                GROUP,
                entry,
                id.toString(),
                millis(handed.took()) + " " + handed.provider(),
                millis(LATELY),
                Integer.toString(LAST));
    }

    /** Lets a message wait for another try; nothing when it was taken over. */
    void putOff(String entry, QueuedMessage message, Duration delay, Instant end) {
        scripts.run(PUT_OFF, keys, GROUP, entry, millis(delay), message.text(), millis(end.plus(AFTER_END)));
    }

    /** Puts those that have waited long enough back into the stream. */
    void moveDue() {
        scripts.run(MOVE_DUE, keys, Integer.toString(MOVED_AT_ONCE), millis(UNUSED));
    }

    Depth look() {
        var answer = scripts.run(LOOK, keys, millis(LATELY));
        var handed = new ArrayList<Handed>();
        answer.get(2).forEach(one -> handed.add(handed(one.toString())));
        var oldest = Duration.ofMillis(answer.get(1).toLong());
        return new Depth(answer.get(0).toLong(), oldest, new Latency(handed));
    }

    /** Ends a worker's part in the group, unless it still holds messages, which are then taken over. */
    void leave(String consumer) {
        scripts.run(LEAVE, keys, GROUP, consumer);
    }

    private static Handed handed(String text) {
        int space = text.indexOf(' ');
        return new Handed(text.substring(space + 1), Duration.ofMillis(Long.parseLong(text.substring(0, space))));
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static String millis(Instant instant) {
        return Long.toString(instant.toEpochMilli());
    }
}
