package io.postern.throttle;

import io.postern.store.Script;
import io.postern.store.Scripts;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The failures of a subject, kept per factor and delayed by their sum (RULES D1), in one hash: for each level and factor a
 * count and the time of the last one, so that what a success leaves has its own time too. They change only inside the
 * scripts that claim and close a challenge, with {@link #LUA}.
 */
@Singleton
public final class Failures {

    /**
     * {@code delayed_until(key)} in ms since the epoch, 0 for no delay; {@code charge(key, level, factor)};
     * {@code clear(key, level)} for the factors of that level or a lower one.
     */
    public static final String LUA = Backoff.LUA + """
            local function delayed_until(key)
              local failures, last = 0, 0
              for _, share in ipairs(redis.call('HVALS', key)) do
                local count, at = string.match(share, '^(%d+)@(%d+)$')
                failures, last = failures + count, math.max(last, tonumber(at))
              end
              local till = delay_end(failures, last)
              return till > now_ms() and till or 0
            end
            local function charge(key, level, factor)
              local field = level .. ':' .. factor
              local count = string.match(redis.call('HGET', key, field) or '', '^%d+') or 0
              redis.call('HSET', key, field, string.format('%d@%.0f', count + 1, now_ms()))
              redis.call('PEXPIRE', key, LAPSE_MS)
            end
            local function clear(key, level)
              for _, field in ipairs(redis.call('HKEYS', key)) do
                if tonumber(string.match(field, '^%d')) <= level then redis.call('HDEL', key, field) end
              end
            end
            """;

    private static final Script DELAYED_UNTIL = new Script(LUA + "return delayed_until(KEYS[1])");

    private final Scripts scripts;

    public Failures(Scripts scripts) {
        this.scripts = scripts;
    }

    /** The key of a subject's failures. */
    public static String key(String slot) {
        return "postern:{" + slot + "}:failures";
    }

    /** When the subject's delay ends; empty when there is none. */
    public Optional<Instant> delayedUntil(String slot) {
        long till = scripts.run(DELAYED_UNTIL, List.of(key(slot))).toLong();
        return till == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(till));
    }
}
