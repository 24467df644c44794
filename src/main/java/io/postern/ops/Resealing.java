package io.postern.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.postern.crypto.KeyRing;
import io.postern.crypto.Place;
import io.postern.crypto.Sealed;
import io.postern.crypto.SecretBox;
import io.postern.crypto.UndecryptableException;
import io.postern.housekeeping.HousekeepingConfig;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Seals secrets anew once the key ring has another first key, in bounded batches while copies serve (RULES H4). How many older
 * keys are still needed is told by the metric {@code postern_secrets_older_keys}.
 */
@Singleton
class Resealing {

    private static final Logger LOG = Logger.getLogger(Resealing.class);
    private static final int BATCH = 500;
    private static final int MOST_BATCHES = 100;

    /** Where sealed columns lie, each beside {@code key_id} in a row with an {@code id}. */
    private static final List<Column> COLUMNS = List.of(
            new Column("factor", "secret"),
            new Column("former_address", "address"),
            new Column("subject_change", "former_email"),
            new Column("webhook_secret", "secret"));

    /** The tables of these columns. */
    static List<String> tables() {
        return COLUMNS.stream().map(Column::table).toList();
    }

    private static final String OLD =
            "select id, key_id, %2$s from %1$s where key_id = any (?) order by id limit ? for update skip locked";
    private static final String RESEAL = "update %1$s set key_id = ?, %2$s = ? where id = ?";

    private final DataSource dataSource;
    private final KeyRing ring;
    private final SecretBox box;
    private final KeysInUse keys;
    private final Counter resealed;

    Resealing(DataSource dataSource, KeyRing ring, SecretBox box, KeysInUse keys, MeterRegistry registry) {
        this.dataSource = dataSource;
        this.ring = ring;
        this.box = box;
        this.keys = keys;
        this.resealed = registry.counter("postern.secrets.resealed");
    }

    @Scheduled(every = HousekeepingConfig.EVERY, concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        var older = ring.olderIds();
        if (older.isEmpty()) {
            keys.nothingOlder();
            return;
        }
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            for (var column : COLUMNS) {
                int batches = 0;
                while (batches < MOST_BATCHES && resealBatch(connection, column, older)) {
                    batches++;
                }
            }
            keys.look(connection);
            connection.commit();
        } catch (SQLException e) {
            LOG.warnf("Resealing failed (SQLSTATE %s) and goes on in a minute", e.getSQLState());
        }
    }

    /** True when there may be more. */
    private boolean resealBatch(Connection connection, Column column, List<String> older) throws SQLException {
        var rows = old(connection, column, older);
        int changed = 0;
        try (var update = connection.prepareStatement(column.in(RESEAL))) {
            for (var row : rows) {
                var place = column.place(row.id());
                try {
                    var anew = box.seal(box.open(row.secret(), place), place);
                    update.setString(1, anew.keyId());
                    update.setBytes(2, anew.bytes());
                    update.setObject(3, row.id());
                    update.addBatch();
                    changed++;
                } catch (UndecryptableException e) {
                    LOG.errorf("The row %s of %s cannot be read: %s", row.id(), column.table(), e.getMessage());
                }
            }
            update.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
        resealed.increment(changed);
        return changed > 0 && rows.size() == BATCH;
    }

    private static List<Row> old(Connection connection, Column column, List<String> older) throws SQLException {
        var rows = new ArrayList<Row>();
        try (var statement = connection.prepareStatement(column.in(OLD))) {
            statement.setArray(1, connection.createArrayOf("text", older.toArray()));
            statement.setInt(2, BATCH);
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    var secret = new Sealed(result.getString(2), result.getBytes(3));
                    rows.add(new Row(result.getObject(1), secret));
                }
            }
        }
        return rows;
    }

    /** @param id a UUID or a number */
    private record Row(Object id, Sealed secret) {}

    private record Column(String table, String name) {

        String in(String sql) {
            return sql.formatted(table, name);
        }

        Place place(Object row) {
            return new Place(table, name, row.toString());
        }
    }
}
