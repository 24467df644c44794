package io.postern.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.postern.housekeeping.Alone;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Seals the rows of the audit trail: gives each the next number of its application and a mac over the one before and itself
 * (RULES H5). One copy at a time does it, a second after the rows were committed; a copy that dies or stands still leaves it
 * to another. A row whose transaction took long is sealed when it is there, so no number is ever before one that was read.
 *
 * <p>A chain whose end was changed is not sealed on: the seal would cover what was done to it.
 */
@Singleton
class Sealer {

    private static final Logger LOG = Logger.getLogger(Sealer.class);
    private static final int BATCH = 500;
    private static final int MOST_BATCHES = 200;

    private static final String WAITING = "select exists (select from audit_event where sequence is null)";
    // A row that an erasure holds is left to the next batch: nobody waits for the other.
    private static final String UNSEALED = "select " + Row.COLUMNS + " from audit_event e where e.sequence is null"
            + " and e.application_id <> all (?) order by e.at, e.id limit " + BATCH + " for update skip locked";
    private static final String SEAL = "update audit_event set personal_salt = ?, personal_digest = ?, sequence = ?,"
            + " mac = ?, key_id = ? where at = ? and id = ?";

    private final DataSource dataSource;
    private final Chains chains;
    private final Seals seals;
    private final Counter sealed;
    private volatile boolean failing;

    Sealer(DataSource dataSource, Chains chains, Seals seals, MeterRegistry registry) {
        this.dataSource = dataSource;
        this.chains = chains;
        this.seals = seals;
        this.sealed = registry.counter("postern.audit.sealed");
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        try (var connection = dataSource.getConnection()) {
            if (!isWaiting(connection)) {
                return;
            }
            connection.setAutoCommit(false);
            var broken = new HashSet<String>();
            int batches = 0;
            while (batches < MOST_BATCHES && batch(connection, broken)) {
                batches++;
            }
            failing = false;
        } catch (SQLException e) {
            if (!failing) {
                LOG.warnf("The audit trail is not sealed now (SQLSTATE %s); it goes on by itself", e.getSQLState());
            }
            failing = true;
        }
    }

    private static boolean isWaiting(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(WAITING);
                var rows = statement.executeQuery()) {
            return rows.next() && rows.getBoolean(1);
        }
    }

    /** True when there may be more. */
    private boolean batch(Connection connection, Set<String> broken) throws SQLException {
        try {
            int found = 0;
            int written = 0;
            if (Alone.at(Chains.LOCK, connection)) {
                var ends = new Ends(chains, connection, broken);
                var rows = unsealed(connection, broken);
                found = rows.size();
                written = write(connection, rows, ends);
                ends.save();
            }
            connection.commit();
            sealed.increment(written);
            return found == BATCH;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    private int write(Connection connection, List<Row> rows, Ends ends) throws SQLException {
        int written = 0;
        try (var update = connection.prepareStatement(SEAL)) {
            for (var row : rows) {
                var end = ends.of(row.application());
                if (end.isEmpty()) {
                    continue;
                }
                var whole = row.with(seals.seal(row.personal()));
                var link = new Link(end.get().sequence() + 1, seals.of(whole, end.get()));
                ends.move(row.application(), link);
                whole.personal().bind(update, 1);
                update.setLong(3, link.sequence());
                update.setBytes(4, link.mac());
                update.setString(5, seals.keyId());
                update.setObject(6, row.at().atOffset(ZoneOffset.UTC));
                update.setLong(7, row.id());
                update.addBatch();
                written++;
            }
            update.executeBatch();
        }
        return written;
    }

    private static List<Row> unsealed(Connection connection, Set<String> broken) throws SQLException {
        try (var statement = connection.prepareStatement(UNSEALED)) {
            statement.setArray(1, connection.createArrayOf("text", broken.toArray()));
            try (var found = statement.executeQuery()) {
                var rows = new ArrayList<Row>();
                while (found.next()) {
                    rows.add(Row.of(found));
                }
                return rows;
            }
        }
    }
}
