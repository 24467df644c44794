package io.postern.store;

/** The time of Redis, the one clock that all copies share, for scripts. */
public final class RedisClock {

    /** {@code now_ms()} in ms since the epoch. */
    public static final String LUA = """
            local function now_ms()
              local time = redis.call('TIME')
              return time[1] * 1000 + math.floor(time[2] / 1000)
            end
            """;

    private RedisClock() {}
}
