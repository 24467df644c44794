package io.postern.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.postern.crypto.KeyRing;
import io.postern.crypto.Place;
import io.postern.crypto.Sealed;
import io.postern.crypto.SecretBox;
import io.postern.crypto.UndecryptableException;
import io.postern.factor.FactorSecret;
import io.postern.reversal.FormerEmail;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Seals secrets anew once the key ring has another first key, in bounded batches while copies serve (RULES H4). A key may be
 * taken out of the ring when {@code select count(*) from … where key_id = …} says none for {@code factor} and
 * {@code subject_change}.
 */
@Singleton
class Resealing {

    private static final Logger LOG = Logger.getLogger(Resealing.class);
    private static final int BATCH = 500;
    private static final int MOST_BATCHES = 100;

    private static final List<Kept> ALL = List.of(
            new Kept("factor", "secret", "uuid", id -> FactorSecret.place(UUID.fromString(id))),
            new Kept("subject_change", "former_email", "bigint", id -> FormerEmail.place(Long.parseLong(id))));

    private final DataSource dataSource;
    private final KeyRing ring;
    private final SecretBox box;
    private final Counter resealed;

    Resealing(DataSource dataSource, KeyRing ring, SecretBox box, MeterRegistry registry) {
        this.dataSource = dataSource;
        this.ring = ring;
        this.box = box;
        this.resealed = registry.counter("postern.secrets.resealed");
    }

    @Scheduled(every = HousekeepingConfig.EVERY, concurrentExecution = ConcurrentExecution.SKIP)
    void run() {
        var older = ring.olderIds();
        if (older.isEmpty()) {
            return;
        }
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            for (var kept : ALL) {
                int batches = 0;
                while (batches < MOST_BATCHES && resealBatch(connection, kept, older)) {
                    batches++;
                }
            }
        } catch (SQLException e) {
            LOG.warnf("Resealing failed (SQLSTATE %s) and goes on in a minute", e.getSQLState());
        }
    }

    /** Sealed values of a column, with the key of each in {@code key_id}. */
    private record Kept(String table, String column, String idType, Function<String, Place> place) {

        String old() {
            return "select id::text, key_id, %s from %s where key_id = any (?) order by id limit ? for update skip locked"
                    .formatted(column, table);
        }

        String reseal() {
            return "update %s set key_id = ?, %s = ? where id = ?::%s".formatted(table, column, idType);
        }
    }

    /** True when there may be more. */
    private boolean resealBatch(Connection connection, Kept kept, List<String> older) throws SQLException {
        var rows = old(connection, kept, older);
        int changed = 0;
        try (var update = connection.prepareStatement(kept.reseal())) {
            for (var row : rows) {
                var place = kept.place().apply(row.id());
                try {
                    var anew = box.seal(box.open(row.secret(), place), place);
                    update.setString(1, anew.keyId());
                    update.setBytes(2, anew.bytes());
                    update.setString(3, row.id());
                    update.addBatch();
                    changed++;
                } catch (UndecryptableException e) {
                    LOG.errorf(
                            "The %s of %s %s cannot be read: %s",
                            kept.column(), kept.table(), row.id(), e.getMessage());
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

    private static List<Row> old(Connection connection, Kept kept, List<String> older) throws SQLException {
        var rows = new ArrayList<Row>();
        try (var statement = connection.prepareStatement(kept.old())) {
            statement.setArray(1, connection.createArrayOf("text", older.toArray()));
            statement.setInt(2, BATCH);
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    var secret = new Sealed(result.getString(2), result.getBytes(3));
                    rows.add(new Row(result.getString(1), secret));
                }
            }
        }
        return rows;
    }

    private record Row(String id, Sealed secret) {}
}
