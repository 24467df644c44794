package io.postern.throttle;

import io.postern.store.RedisClock;

/**
 * How long to wait after how many failures (RULES D1), as Lua for the scripts that count: none below the tenth, then
 * min(30·2^(n−10), 3600) s from the last failure on; all is forgotten 24 h after it.
 */
public final class Backoff {

    /** {@code delay_end(failures, last)} in ms since the epoch, {@code now_ms()}, and {@code LAPSE_MS}. */
    public static final String LUA = RedisClock.LUA + """
            local LAPSE_MS = 24 * 3600 * 1000
            local function delay_end(failures, last)
              if failures < 10 then return 0 end
              return last + math.min(30 * 2 ^ math.min(failures - 10, 20), 3600) * 1000
            end
            """;

    private Backoff() {}
}
