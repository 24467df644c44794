package io.postern.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.postern.crypto.KeyConfig;
import io.postern.crypto.KeyRing;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Which keys still seal something in Postgres (RULES H4). A copy whose ring lacks one of them does not start: it says so in one
 * sentence, while the copies that still have the key go on serving. What lies in Redis ends by itself and is not looked at.
 */
@Singleton
class KeysInUse {

    private static final int BEFORE_EVERYTHING = 1;

    /** On a busy machine the first connection may take longer to open than a request may wait for one. */
    private static final int MOST_TRIES = 10;

    /** From one key's id to the next by the index on it, so that a large table is no slower than a small one. */
    private static final String OF_A_TABLE = """
            with recursive used as (
              select min(key_id) as id from {table}
              union all
              select (select min(t.key_id) from {table} t where t.key_id > used.id) from used where used.id is not null
            )
            select id from used where id is not null
            """;

    /**
     * What is sealed as a whole begins with the length of its key's id, and the id. What names none was never sealed by a key;
     * no copy can send it, and none stays down for it.
     */
    private static final String OF_THE_OUTBOX = """
            select distinct encode(substring(sealed from 2 for get_byte(sealed, 0)), 'escape') from outbox
            where get_byte(sealed || '\\x00', 0) between 1 and length(sealed) - 1
            """;

    private final DataSource dataSource;
    private final KeyRing ring;
    private final Set<String> lost;
    private volatile double older = Double.NaN;

    KeysInUse(DataSource dataSource, KeyRing ring, KeyConfig config, MeterRegistry registry) {
        this.dataSource = dataSource;
        this.ring = ring;
        this.lost = Set.copyOf(config.lost().orElse(List.of()));
        Gauge.builder("postern.secrets.older.keys", () -> older)
                .description("Older keys of the ring that still seal something; not a number before the first look")
                .register(registry);
    }

    void onStart(@Observes @Priority(BEFORE_EVERYTHING) StartupEvent start) throws SQLException {
        try (var connection = firstConnection()) {
            var missing = new TreeMap<>(find(connection));
            missing.keySet().removeIf(id -> lost.contains(id) || ring.canOpen(id));
            if (!missing.isEmpty()) {
                throw new IllegalStateException(sentence(missing));
            }
        }
    }

    private Connection firstConnection() throws SQLException {
        int tries = 1;
        while (true) {
            try {
                return dataSource.getConnection();
            } catch (SQLException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
                tries++;
            }
        }
    }

    private static String sentence(NavigableMap<String, SortedSet<String>> missing) {
        var keys = missing.entrySet().stream()
                .map(key -> key.getKey() + " (" + String.join(", ", key.getValue()) + ")")
                .collect(Collectors.joining(", "));
        return "The key ring lacks keys that still seal rows: " + keys
                + ". Put them back behind the first key until nothing is"
                + " sealed by them, or name in postern.keys.lost those that are lost for good";
    }

    /** Counts the older keys that are still needed. */
    void look(Connection connection) throws SQLException {
        var used = find(connection);
        older = ring.olderIds().stream().filter(used::containsKey).count();
    }

    /** The ring has one sealing key. */
    void nothingOlder() {
        older = 0;
    }

    /** The tables with something sealed, by the id of its key. */
    private static NavigableMap<String, SortedSet<String>> find(Connection connection) throws SQLException {
        var found = new TreeMap<String, SortedSet<String>>();
        for (var table : Resealing.tables()) {
            find(connection, table, OF_A_TABLE.replace("{table}", table), found);
        }
        find(connection, "outbox", OF_THE_OUTBOX, found);
        return found;
    }

    private static void find(
            Connection connection, String table, String query, NavigableMap<String, SortedSet<String>> found)
            throws SQLException {
        try (var statement = connection.prepareStatement(query);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                found.computeIfAbsent(rows.getString(1), id -> new TreeSet<>()).add(table);
            }
        }
    }
}
