package io.postern.sending;

import io.postern.sending.Reservation.Hold;
import io.postern.store.RedisClock;
import io.postern.store.Script;
import io.postern.store.Scripts;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** The latest sends to an unproven destination and those from a source (RULES E1), each in one sorted set by their time. */
@Singleton
final class TaggedSends {

    private static final String HOUR = "3600000";
    private static final String DAY = "86400000";

    /** The member, the refusal, then how many in how long, the longest last. */
    private static final Script RESERVE = new Script(RedisClock.LUA + """
            local key, now, longest = KEYS[1], now_ms(), tonumber(ARGV[#ARGV])
            local function next_send()
              local at = 0
              for i = 3, #ARGV, 2 do
                local leaves = redis.call('ZRANGE', key, -ARGV[i], -ARGV[i], 'WITHSCORES')[2]
                if leaves then at = math.max(at, leaves + ARGV[i + 1]) end
              end
              return at
            end

            redis.call('ZREMRANGEBYSCORE', key, '-inf', now - longest)
            local at = next_send()
            if at > now then return {now, at, ARGV[2]} end
            redis.call('ZADD', key, now, ARGV[1])
            redis.call('PEXPIRE', key, longest)
            return {now, next_send(), ''}
            """);

    private final Scripts scripts;

    TaggedSends(Scripts scripts) {
        this.scripts = scripts;
    }

    static Hold hold(String tag, UUID reservation) {
        return new Hold("postern:{" + tag + "}:sends", reservation.toString());
    }

    /** Three an hour and five a day, whoever sends. */
    Counted toUnproven(Hold hold) {
        return reserve(hold, Refusal.DESTINATION, "3", HOUR, "5", DAY);
    }

    /** Twenty an hour. */
    Counted fromSource(Hold hold) {
        return reserve(hold, Refusal.SOURCE, "20", HOUR);
    }

    private Counted reserve(Hold hold, Refusal refusal, String... windows) {
        var arguments = new String[2 + windows.length];
        arguments[0] = hold.member();
        arguments[1] = refusal.name();
        System.arraycopy(windows, 0, arguments, 2, windows.length);
        return Counted.of(scripts.run(RESERVE, List.of(hold.key()), arguments));
    }
}
