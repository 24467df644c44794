package io.postern.ops;

import io.postern.embedded.RedisConnection;
import io.postern.harness.Api;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** All that a run leaves behind, as text. */
public record Places(Postern postern) {

    /** With a last unit that can be one: other text that looks like it may end anywhere. */
    private static final Pattern BASE64 =
            Pattern.compile("(?:[A-Za-z0-9+/]{4}){10,}(?:[A-Za-z0-9+/]{3}=?|[A-Za-z0-9+/]{2}(?:==)?)?");

    /** The log and the metrics page of each copy. */
    public Map<String, String> ofCopies() {
        var places = new LinkedHashMap<String, String>();
        try {
            for (var log : postern.logs()) {
                places.put(log.toString(), Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        places.put("metrics of the first copy", metrics(0));
        places.put("metrics of the second copy", metrics(1));
        return places;
    }

    private String metrics(int copy) {
        return Api.at(postern.copy(copy).baseUrl())
                .get("/q/metrics")
                .expect(200)
                .body();
    }

    /** Keys and values. */
    public Map<String, String> ofRedis() {
        var places = new LinkedHashMap<String, String>();
        try (var redis = postern.redis().connect()) {
            if (redis.command("KEYS", "*") instanceof List<?> keys) {
                for (var key : keys) {
                    places.put("Redis " + key, key + " " + value(redis, String.valueOf(key)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return places;
    }

    private static String value(RedisConnection redis, String key) throws IOException {
        return switch (String.valueOf(redis.command("TYPE", key))) {
            case "hash" -> withDecoded(String.valueOf(redis.command("HGETALL", key)));
            case "string" -> String.valueOf(redis.command("GET", key));
            case "stream" -> withDecoded(String.valueOf(redis.command("XRANGE", key, "-", "+")));
            case "zset" -> withDecoded(String.valueOf(redis.command("ZRANGE", key, "0", "-1")));
            case "list" -> String.valueOf(redis.command("LRANGE", key, "0", "-1"));
            case "none" -> ""; // it has ended by now
            case String other -> throw new IllegalStateException("No test reads a " + other);
        };
    }

    /** What is Base64 is read too. */
    private static String withDecoded(String text) {
        var decoded = BASE64.matcher(text)
                .results()
                .map(match -> new String(Base64.getMimeDecoder().decode(match.group()), StandardCharsets.ISO_8859_1));
        return text + decoded.collect(Collectors.joining("\n", "\n", ""));
    }

    /** Every table, a row a line, bytes in hex. */
    public Map<String, String> ofPostgres() {
        var sql = Sql.on(postern);
        var tables = sql.texts(
                "select c.oid::regclass from pg_class c where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace");
        return tables.stream()
                .collect(Collectors.toMap(
                        table -> table, table -> String.join("\n", sql.texts("select t::text from " + table + " t"))));
    }
}
