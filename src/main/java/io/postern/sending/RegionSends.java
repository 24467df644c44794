package io.postern.sending;

import io.postern.sending.Reservation.Hold;
import io.postern.store.RedisClock;
import io.postern.store.Script;
import io.postern.store.Scripts;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/**
 * The SMS of an application to a region: their budget, and the breaker that stops those to unproven numbers when they seem to
 * reach nobody who signs in (RULES E2). Sorted sets by time: all of a day, the unproven ones of it, and of the latest of
 * these the verified ones.
 */
@Singleton
final class RegionSends {

    private static final String KEYS = RedisClock.LUA + """
            local MINUTE, HOUR, DAY = 60 * 1000, 3600 * 1000, 24 * 3600 * 1000
            local all, unproven, verified, stopped = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
            local now = now_ms()
            local latest = '(' .. now - 15 * MINUTE
            """;

    private static final Script RESERVE = new Script(KEYS + """
            local member, proven, budget = ARGV[1], ARGV[2] == 'true', tonumber(ARGV[3])
            redis.call('ZREMRANGEBYSCORE', all, '-inf', now - DAY)
            redis.call('ZREMRANGEBYSCORE', unproven, '-inf', now - DAY)
            if not proven then
              if redis.call('EXISTS', stopped) == 1 then return 'STOPPED' end
              local sent = redis.call('ZCOUNT', unproven, latest, '+inf')
              if sent >= 30 and redis.call('ZCOUNT', verified, latest, '+inf') * 5 < sent then
                redis.call('SET', stopped, now, 'PX', HOUR)
                return 'TRIPPED'
              end
              if redis.call('ZCARD', unproven) >= math.floor(budget / 2) then return 'SPENT' end
            end
            if redis.call('ZCARD', all) >= budget then return 'SPENT' end
            redis.call('ZADD', all, now, member)
            redis.call('PEXPIRE', all, DAY)
            if not proven then
              redis.call('ZADD', unproven, now, member)
              redis.call('PEXPIRE', unproven, DAY)
            end
            return 'COUNTED'
            """);

    /** A send is verified at its own time, so that it leaves the window together with itself. */
    private static final Script VERIFIED = new Script(KEYS + """
            local sent = redis.call('ZRANGE', unproven, latest, '+inf', 'BYSCORE', 'WITHSCORES')
            local factor = ARGV[1] .. ':'
            redis.call('ZREMRANGEBYSCORE', verified, '-inf', now - 15 * MINUTE)
            for i = 1, #sent, 2 do
              if string.sub(sent[i], 1, #factor) == factor then
                redis.call('ZADD', verified, sent[i + 1], sent[i])
                redis.call('PEXPIRE', verified, 15 * MINUTE)
              end
            end
            return redis.call('ZCARD', verified)
            """);

    private final Scripts scripts;

    RegionSends(Scripts scripts) {
        this.scripts = scripts;
    }

    /** What became of a send; only one that is counted may go. */
    enum Outcome {
        COUNTED,
        SPENT,
        STOPPED,
        /** This very send found that unproven ones must stop: said once for each hour of it. */
        TRIPPED
    }

    Outcome reserve(String tag, UUID factor, UUID reservation, boolean proven, int budget) {
        var answer = scripts.run(
                RESERVE, keys(tag), member(factor, reservation), Boolean.toString(proven), Integer.toString(budget));
        return Outcome.valueOf(answer.toString());
    }

    /** What a counted send holds. */
    static List<Hold> holds(String tag, UUID factor, UUID reservation) {
        var keys = keys(tag);
        var member = member(factor, reservation);
        return List.of(new Hold(keys.get(0), member), new Hold(keys.get(1), member));
    }

    /** The number of that factor was proven: what went to it in the last 15 minutes reached somebody. */
    void verified(String tag, UUID factor) {
        scripts.run(VERIFIED, keys(tag), factor.toString());
    }

    private static String member(UUID factor, UUID reservation) {
        return factor + ":" + reservation;
    }

    private static List<String> keys(String tag) {
        var prefix = "postern:{" + tag + "}:";
        return List.of(prefix + "sends", prefix + "unproven", prefix + "verified", prefix + "stopped");
    }
}
