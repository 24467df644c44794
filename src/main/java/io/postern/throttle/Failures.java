package io.postern.throttle;

import io.postern.store.Script;
import io.postern.store.Scripts;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The failures of a subject, kept per factor and delayed by their sum (RULES D1), in one hash: a count per level and factor,
 * and the time of the last one. They change only inside the scripts that claim and close a challenge, with {@link #LUA}.
 */
@Singleton
public final class Failures {

    /**
     * {@code delayed_until(key)} in ms since the epoch, 0 for no delay; {@code charge(key, level, factor)};
     * {@code clear(key, level)} for the factors of that level or a lower one.
     */
    public static final String LUA = Backoff.LUA + """
            local function delayed_until(key)
              local failures, last, counts = 0, 0, redis.call('HGETALL', key)
              for i = 1, #counts, 2 do
                if counts[i] == 'last' then last = tonumber(counts[i + 1]) else failures = failures + counts[i + 1] end
              end
              local till = delay_end(failures, last)
              return till > now_ms() and till or 0
            end
            local function charge(key, level, factor)
              redis.call('HINCRBY', key, level .. ':' .. factor, 1)
              redis.call('HSET', key, 'last', now_ms())
              redis.call('PEXPIRE', key, LAPSE_MS)
            end
            local function clear(key, level)
              local left = 0
              for _, field in ipairs(redis.call('HKEYS', key)) do
                local of = string.match(field, '^(%d):')
                if of and tonumber(of) <= level then
                  redis.call('HDEL', key, field)
                elseif of then
                  left = left + 1
                end
              end
              if left == 0 then redis.call('DEL', key) end
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
