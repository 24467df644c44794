package io.postern.ops;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Takes away what has ended and makes room for what comes: in bounded batches, by one copy at a time. A round that fails is
 * made up for by the next.
 */
@Singleton
class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);
    private static final long LOCK = 0x706f737465726eL; // "postern"
    private static final int BATCH = 1_000;

    /** A minute's sign-ins of busy copies: approvals must go as fast as they came a day before. */
    private static final int MOST_BATCHES = 300;

    private static final int MONTHS_AHEAD = 2;

    /** Approvals outlive every challenge, also one that an older copy of Redis' data brings back (RULES H2). */
    private static final List<String> ENDED = List.of(
            "delete from factor where id in (select id from factor where status = 'pending' and expires_at < now() limit ?)",
            "delete from factor where id in (select id from factor where status = 'removed' and removed_at < now() - interval '7 days' limit ?)",
            "delete from subject_change where id in (select id from subject_change where at < now() - interval '7 days' limit ?)",
            "delete from spent_proof where jti in (select jti from spent_proof where expires_at < now() limit ?)",
            "delete from approval where challenge in (select challenge from approval where at < now() - interval '1 day' limit ?)");

    private final DataSource dataSource;
    private final Clock clock;

    Housekeeping(DataSource dataSource, Clock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    void onStart(@Observes StartupEvent start) {
        run();
    }

    @Scheduled(every = HousekeepingConfig.EVERY, concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        alone(this::makePartitions);
        alone(Housekeeping::takeAway);
    }

    /** Each batch of each task has a transaction of its own, so that one that fails holds up no other. */
    private void alone(Task task) {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            int batches = 1;
            while (batch(connection, task) && batches < MOST_BATCHES) {
                batches++;
            }
        } catch (SQLException e) {
            LOG.warnf("Housekeeping failed (SQLSTATE %s) and is tried again soon", e.getSQLState());
        }
    }

    /** True when there is more to do. */
    private static boolean batch(Connection connection, Task task) throws SQLException {
        try {
            boolean more = isAlone(connection) && task.run(connection);
            connection.commit();
            return more;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    /** A bounded piece of work; true when it left some. */
    private interface Task {
        boolean run(Connection connection) throws SQLException;
    }

    private static boolean isAlone(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
            statement.setLong(1, LOCK);
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    /** The audit trail's months, this one and those to come; what no partition takes is kept by the default one. */
    private boolean makePartitions(Connection connection) throws SQLException {
        var month = YearMonth.from(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
        for (int ahead = 0; ahead <= MONTHS_AHEAD; ahead++) {
            var from = month.plusMonths(ahead);
            var name = "audit_event_%d_%02d".formatted(from.getYear(), from.getMonthValue());
            if (!exists(connection, name)) {
                try (var statement = connection.createStatement()) {
                    statement.execute(
                            "set local lock_timeout = '500ms'"); // sign-ins write here, they must not queue up
                    statement.execute(
                            "create table %s partition of audit_event for values from ('%s-01 00:00Z') to ('%s-01 00:00Z')"
                                    .formatted(name, from, from.plusMonths(1)));
                }
            }
        }
        return false;
    }

    private static boolean exists(Connection connection, String table) throws SQLException {
        try (var statement = connection.prepareStatement("select to_regclass(?) is not null")) {
            statement.setString(1, table);
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private static boolean takeAway(Connection connection) throws SQLException {
        boolean more = false;
        for (var sql : ENDED) {
            try (var statement = connection.prepareStatement(sql)) {
                statement.setInt(1, BATCH);
                more |= statement.executeUpdate() == BATCH;
            }
        }
        return more;
    }
}
