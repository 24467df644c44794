package io.postern.throttle;

import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.store.Script;
import io.postern.store.Scripts;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * Delays whoever fails again and again. A try is counted before it is looked at, so that parallel tries cannot outrun the
 * count; a success takes the count back.
 */
@Singleton
public final class Throttle {

    private static final Script CHARGE = new Script(Backoff.LUA + """
            local count = redis.call('HMGET', KEYS[1], 'failures', 'last')
            local failures, now = tonumber(count[1] or 0), now_ms()
            local wait = delay_end(failures - ARGV[1], tonumber(count[2] or 0)) - now
            if wait > 0 then return wait end
            redis.call('HSET', KEYS[1], 'failures', failures + 1, 'last', now)
            redis.call('PEXPIRE', KEYS[1], LAPSE_MS)
            return 0
            """);

    private static final Script REFUND = new Script("""
            local failures = tonumber(redis.call('HGET', KEYS[1], 'failures') or 0)
            if failures > 0 then redis.call('HSET', KEYS[1], 'failures', failures - 1, 'last', 0) end
            return failures
            """);

    /** As {@link Backoff} has it. */
    private static final int FREE = 10;

    private final Scripts scripts;

    public Throttle(Scripts scripts) {
        this.scripts = scripts;
    }

    /**
     * Counts a try.
     *
     * @param tag what is throttled, as a keyed hash
     * @throws Problem {@code too_many_attempts} while a delay lasts, and then nothing is counted
     */
    public void charge(String tag) {
        charge(tag, FREE);
    }

    /**
     * Counts a try of something that more than one may try.
     *
     * @param free how many failures are without a delay, 10 at least; each one after them delays like those after the tenth
     */
    public void charge(String tag, int free) {
        long wait = scripts.run(CHARGE, List.of(key(tag)), String.valueOf(free - FREE))
                .toLong();
        if (wait > 0) {
            throw Problem.of(ProblemCode.TOO_MANY_ATTEMPTS).retryAfter(Duration.ofMillis(wait));
        }
    }

    /** Takes back a charge whose try was never looked at. No delay lasts afterwards, as none did when it was charged. */
    public void refund(String tag) {
        scripts.run(REFUND, List.of(key(tag)));
    }

    /** Forgets the failures: the try was right. */
    public void clear(String tag) {
        scripts.command("DEL", key(tag));
    }

    private static String key(String tag) {
        return "postern:{" + tag + "}:throttle";
    }
}
