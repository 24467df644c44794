package io.postern.throttle;

import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.store.Script;
import io.postern.store.Scripts;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * Tries that are counted apart from all others (RULES D2): ten in any hour, whether right or wrong. The scripts that claim
 * challenges count in it too, with {@link #LUA}.
 */
@Singleton
public final class Lane {

    /** {@code lane_wait(key)} in ms, 0 for none; {@code enter_lane(key)}. Both need {@link Backoff#LUA}. */
    public static final String LUA = """
            local HOUR_MS, LANE_TRIES = 3600 * 1000, 10
            local function lane_wait(key)
              redis.call('ZREMRANGEBYSCORE', key, '-inf', now_ms() - HOUR_MS)
              if redis.call('ZCARD', key) < LANE_TRIES then return 0 end
              return redis.call('ZRANGE', key, 0, 0, 'WITHSCORES')[2] + HOUR_MS - now_ms()
            end
            local function enter_lane(key)
              local time = redis.call('TIME')
              redis.call('ZADD', key, now_ms(), time[1] .. '.' .. time[2] .. '.' .. redis.call('ZCARD', key))
              redis.call('PEXPIRE', key, HOUR_MS)
            end
            """;

    private static final Script ENTER = new Script(Backoff.LUA + LUA + """
            local wait = lane_wait(KEYS[1])
            if wait <= 0 then enter_lane(KEYS[1]) end
            return wait
            """);

    private final Scripts scripts;

    public Lane(Scripts scripts) {
        this.scripts = scripts;
    }

    /** The key of a subject's tries with recovery codes. */
    public static String key(String slot) {
        return "postern:{" + slot + "}:recovery";
    }

    /**
     * Counts a try of a subject.
     *
     * @throws Problem {@code too_many_attempts} when there were ten in the last hour, and then nothing is counted
     */
    public void enter(String slot) {
        long wait = scripts.run(ENTER, List.of(key(slot))).toLong();
        if (wait > 0) {
            throw Problem.of(ProblemCode.TOO_MANY_ATTEMPTS).retryAfter(Duration.ofMillis(wait));
        }
    }
}
