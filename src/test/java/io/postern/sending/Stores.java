package io.postern.sending;

import io.postern.crypto.KeyRing;
import io.postern.crypto.KeyedHash;
import io.postern.embedded.Closing;
import io.postern.embedded.KeyFiles;
import io.postern.embedded.Postgres;
import io.postern.embedded.Redis;
import io.postern.embedded.Watchdog;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A real Postgres with our schema and a real Redis, a cluster of one node, for all tests of this package. */
final class Stores {
    /** Moves a key back in time, as if all of it had been written that much earlier. */
    private static final String AGE = """
            local key, by = KEYS[1], tonumber(ARGV[1])
            local left = redis.call('PTTL', key)
            if redis.call('TYPE', key).ok == 'zset' then
              for _, member in ipairs(redis.call('ZRANGE', key, 0, -1)) do redis.call('ZINCRBY', key, -by, member) end
            end
            if left < 0 then return left end
            if left <= by then return redis.call('DEL', key) end
            return redis.call('PEXPIRE', key, left - by)
            """;

    private static @Nullable Stores shared;

    private final Watchdog watchdog = Watchdog.start();
    private final Redis redis = Redis.start(Redis.Options.CLUSTER, watchdog);
    private final Postgres postgres = Postgres.start(Postgres.Options.TEMPORARY, watchdog);
    private final KeyedHash hash = new KeyedHash(
            new KeyRing(KeyFiles.in(watchdog.scratch().resolve("keys")).ring()));

    private Stores() {
        Flyway.configure().dataSource(dataSource()).load().migrate();
    }

    static synchronized Stores shared() {
        if (shared == null) {
            var started = new Stores();
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            shared = started;
        }
        return shared;
    }

    private void close() {
        Closing.all(List.of(redis, postgres, watchdog));
    }

    /** A Redis of its own, which the caller may break and closes. */
    Redis another() {
        return Redis.start(Redis.Options.CLUSTER, watchdog);
    }

    Redis redis() {
        return redis;
    }

    KeyedHash hash() {
        return hash;
    }

    DataSource dataSource() {
        var source = new PGSimpleDataSource();
        source.setUrl(postgres.url());
        source.setUser(postgres.username());
        source.setPassword(postgres.password());
        return source;
    }

    void sql(String statement) throws SQLException {
        try (var connection = dataSource().getConnection();
                var prepared = connection.prepareStatement(statement)) {
            prepared.execute();
        }
    }

    /** Lets time pass, as far as Redis is concerned. */
    void pass(Duration time) {
        keys().forEach(key -> redis.command("EVAL", AGE, "1", key, Long.toString(time.toMillis())));
    }

    List<String> keys() {
        var keys = new ArrayList<String>();
        if (redis.command("KEYS", "postern:*") instanceof List<?> found) {
            found.forEach(key -> keys.add(String.valueOf(key)));
        }
        return keys;
    }

    /** How many sends are counted under a tag. */
    long counted(String tag) {
        return number("ZCARD", "postern:{" + tag + "}:sends");
    }

    /** How many of a region's sends are counted as unproven. */
    long unproven(String tag) {
        return number("ZCARD", "postern:{" + tag + "}:unproven");
    }

    /** The members of a sorted set, or what else there is under the key. */
    String members(String key) {
        var zset = "zset".equals(redis.command("TYPE", key));
        return String.valueOf(zset ? redis.command("ZRANGE", key, "0", "-1") : redis.command("GET", key));
    }

    /** Milliseconds that the key has left; below zero when it never ends or is not there. */
    long life(String key) {
        return number("PTTL", key);
    }

    private long number(String... command) {
        return redis.command(command) instanceof Long number ? number : Long.MIN_VALUE;
    }

    Instant now() {
        return redis.command("TIME") instanceof List<?> time
                ? Instant.ofEpochSecond(Long.parseLong(String.valueOf(time.getFirst())))
                : Instant.MIN;
    }
}
