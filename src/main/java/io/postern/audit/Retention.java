package io.postern.audit;

import io.postern.housekeeping.Alone;
import io.postern.housekeeping.HousekeepingTask;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Drops the months of the audit trail that are older than the retention, behind a sealed checkpoint: the last number of each
 * application that goes, with its mac, from which verification goes on (RULES H5). What is not sealed yet is never dropped. A
 * row that was sealed after younger ones is kept until they go too, so that no number in between is missing.
 */
@Singleton
final class Retention implements HousekeepingTask {

    private static final Logger LOG = Logger.getLogger(Retention.class);
    private static final Duration LEAST = Duration.ofDays(1);

    /** More rows that must stay are no stragglers: the trail was tampered with, or its times are wrong. */
    private static final int MOST_STRAGGLERS = 10_000;

    private static final String DROPPED_REST = """
            delete from %1$s where (at, id) in (
              select e.at, e.id from %1$s e join audit_chain c on c.application_id = e.application_id
              where e.sequence <= c.dropped_sequence limit ?)
            """.formatted(Partitions.REST);

    private static final String STRAGGLERS = """
             from audit_chain c cross join lateral (
              select * from %s r where r.application_id = c.application_id and r.sequence > c.dropped_sequence
              order by r.sequence limit %d) e
            """;

    /** Applications with rows in a table and no chain: from one to the next by the index, not through all rows. */
    private static final String WITHOUT_CHAIN = """
            with recursive a (id) as (
              select min(application_id) from %1$s where sequence is not null
              union all
              select (select min(e.application_id) from %1$s e where e.sequence is not null and e.application_id > a.id)
              from a where a.id is not null
            )
            select count(*) from a
            where a.id is not null and not exists (select from audit_chain c where c.application_id = a.id)
            """;

    private final AuditConfig config;
    private final Chains chains;
    private final Clock clock;

    Retention(AuditConfig config, Chains chains, Clock clock) {
        if (config.retention().compareTo(LEAST) < 0) {
            throw new IllegalStateException("postern.audit.retention must be a day or more");
        }
        this.config = config;
        this.chains = chains;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "audit_retention";
    }

    @Override
    public Batch run(Connection connection) throws SQLException {
        var oldest = Partitions.months(connection).firstEntry();
        var least = YearMonth.from(LocalDate.ofInstant(clock.instant().minus(config.retention()), ZoneOffset.UTC));
        if (oldest != null && oldest.getKey().isBefore(least) && Alone.at(Chains.LOCK, connection)) {
            int rows = drop(connection, oldest.getKey(), oldest.getValue());
            if (rows >= 0) {
                return new Batch(rows, true);
            }
        }
        return Batch.of(connection, DROPPED_REST);
    }

    /** How many rows went; less than none when the month has to stay for now. */
    private int drop(Connection connection, YearMonth month, String table) throws SQLException {
        if (count(connection, "select count(*) from " + table + " where sequence is null") > 0) {
            return -1; // the sealer comes first
        }
        if (count(connection, WITHOUT_CHAIN.formatted(table)) > 0) {
            return -1; // somebody has taken the end of a chain away
        }
        var moved = new ArrayList<Chain>();
        long rows = 0;
        for (var stored : chains.all(connection)) {
            if (!stored.whole()) {
                return -1;
            }
            var chain = stored.chain();
            long last = lastToGo(connection, chain, month, table);
            if (last > chain.dropped().sequence()) {
                var link = link(connection, chain.application(), last);
                if (link == null) {
                    LOG.errorf("The audit trail of %s lacks its row %d and is not dropped", chain.application(), last);
                    return -1;
                }
                rows += last - chain.dropped().sequence();
                moved.add(chain.droppedUntil(link));
            }
        }
        for (var chain : moved) {
            chains.save(chain, connection);
        }
        exchange(connection, table);
        return (int) Math.min(rows, Integer.MAX_VALUE);
    }

    /** The number before the first one of the application that stays. */
    private static long lastToGo(Connection connection, Chain chain, YearMonth month, String table)
            throws SQLException {
        var later = new ArrayList<>(Partitions.months(connection).values());
        later.remove(table);
        later.add(Partitions.REST);
        var end = Partitions.beginning(month.plusMonths(1));
        var firsts = later.stream()
                .map(name ->
                        ("select (select sequence from %s where application_id = ? and sequence > %d and at >= '%s'"
                                        + " order by sequence limit 1) as first")
                                .formatted(name, chain.dropped().sequence(), end))
                .collect(Collectors.joining(" union all "));
        try (var statement = connection.prepareStatement("select min(first) - 1 from (" + firsts + ") f")) {
            for (int i = 1; i <= later.size(); i++) {
                statement.setString(i, chain.application());
            }
            try (var rows = statement.executeQuery()) {
                var last = rows.next() ? rows.getObject(1, Long.class) : null;
                return last == null ? chain.head().sequence() : last;
            }
        }
    }

    private static @Nullable Link link(Connection connection, String application, long sequence) throws SQLException {
        try (var statement = connection.prepareStatement(
                "select " + Link.COLUMNS + " from audit_event e where e.application_id = ? and e.sequence = ?")) {
            statement.setString(1, application);
            statement.setLong(2, sequence);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Link.of(rows) : null;
            }
        }
    }

    /** Takes the month out, puts what must stay into the rest, and drops the others with the table. */
    private static void exchange(Connection connection, String table) throws SQLException {
        var stragglers = STRAGGLERS.formatted(table, MOST_STRAGGLERS + 1);
        if (count(connection, "select count(*)" + stragglers) > MOST_STRAGGLERS) {
            throw new IllegalStateException("Rows of " + table + " were sealed behind younger ones, too many to move");
        }
        try (var statement = connection.createStatement()) {
            Partitions.waitBriefly(statement);
            statement.execute("alter table audit_event detach partition " + table);
            statement.executeUpdate("insert into audit_event overriding system value select e.*" + stragglers);
            statement.execute("drop table " + table);
        }
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql);
                var rows = statement.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
