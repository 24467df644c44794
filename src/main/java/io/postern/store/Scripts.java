package io.postern.store;

import io.quarkus.redis.datasource.RedisDataSource;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs scripts and single commands on Redis. A Redis that does not answer, or cannot take writes, is a 503. */
@Singleton
public final class Scripts {

    /** Error replies that blame the script or its call; all others (LOADING, READONLY, OOM, CLUSTERDOWN …) are an outage. */
    private static final Set<String> OUR_FAULT =
            Set.of("ERR", "WRONGTYPE", "CROSSSLOT", "NOPERM", "WRONGPASS", "NOAUTH");

    private final RedisDataSource redis;
    private final boolean translating;

    @Inject
    public Scripts(RedisDataSource redis) {
        this(redis, true);
    }

    private Scripts(RedisDataSource redis, boolean translating) {
        this.redis = redis;
        this.translating = translating;
    }

    /**
     * For work that no call waits for and that is tried again by itself: an outage is thrown as it came, and logged by whoever
     * knows whether it is new.
     */
    public static Scripts inBackground(RedisDataSource redis) {
        return new Scripts(redis, false);
    }

    /** One round trip, two the first time a Redis sees the script. All keys must share a slot, and the script must answer. */
    public Response run(Script script, List<String> keys, String... arguments) {
        var call = new String[2 + keys.size() + arguments.length];
        call[0] = script.digest();
        call[1] = Integer.toString(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            call[2 + i] = keys.get(i);
        }
        System.arraycopy(arguments, 0, call, 2 + keys.size(), arguments.length);
        try {
            return redis.execute("EVALSHA", call);
        } catch (RuntimeException failure) {
            if (!"NOSCRIPT".equals(errorReply(failure))) {
                throw translate(failure);
            }
        }
        call[0] = script.source();
        return Objects.requireNonNull(command("EVAL", call), "a script answers");
    }

    /** One command. The answer is null where Redis answers nil. */
    public @Nullable Response command(String name, String... arguments) {
        try {
            return redis.execute(name, arguments);
        } catch (RuntimeException failure) {
            throw translate(failure);
        }
    }

    /** One command, best effort: nobody waits for its answer, and it may be lost. */
    public void send(String name, String... arguments) {
        redis.getReactive().execute(name, arguments).subscribe().with(answer -> {}, failure -> {});
    }

    private RuntimeException translate(RuntimeException failure) {
        var reply = errorReply(failure);
        if (reply != null && OUR_FAULT.contains(reply)) {
            return new IllegalStateException("Redis refused a call: " + reply, failure);
        }
        return translating ? StoreUnavailable.because("Redis", failure) : failure;
    }

    /** The first word of Redis' error reply, or null when there was no reply. */
    public static @Nullable String errorReply(Throwable failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            var message = link.getMessage();
            if (message != null && link.getClass().getName().endsWith(".ErrorType")) {
                int end = message.indexOf(' ');
                return end < 0 ? message : message.substring(0, end);
            }
        }
        return null;
    }
}
