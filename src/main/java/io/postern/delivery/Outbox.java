package io.postern.delivery;

import io.postern.crypto.UndecryptableException;
import io.postern.problem.Problem;
import io.postern.store.Scripts;
import io.postern.store.StoreUnavailable;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Messages that must go out exactly when a change is committed, also while Redis is away: rows beside the change, which every
 * copy moves into the queue. A copy that dies between the queue and its commit may queue a message twice; no message is lost.
 */
@Singleton
public class Outbox {

    private static final Logger LOG = Logger.getLogger(Outbox.class);
    private static final int BATCH = 50;
    private static final int MOST_BATCHES = 20;

    private static final String PUT = "insert into outbox (id, sealed, expires_at) values (?, ?, ?)";
    private static final String OVER =
            "delete from outbox where id in (select id from outbox where expires_at <= now() limit 1000 for update skip locked)";
    private static final String DUE = "select id, sealed from outbox where due_at <= now() order by due_at limit "
            + BATCH + " for update skip locked";
    private static final String MOVED = "delete from outbox where id = any (?)";
    private static final String UNMOVABLE = "update outbox set due_at = now() + interval '1 minute' where id = any (?)";

    private final DataSource dataSource;
    private final Envelope envelope;
    private final Delivery delivery;
    private final Outage outage = new Outage("The outbox");
    private final Map<Channel, Queue> queues = new EnumMap<>(Channel.class);

    Outbox(DataSource dataSource, RedisDataSource redis, Envelope envelope, Delivery delivery) {
        this.dataSource = dataSource;
        this.envelope = envelope;
        this.delivery = delivery;
        var scripts = Scripts.inBackground(redis);
        Arrays.stream(Channel.values())
                .filter(delivery::isOn)
                .forEach(channel -> queues.put(channel, new Queue(scripts, channel)));
    }

    /**
     * Queues the message if and when the transaction commits. One of a channel that is off is not kept: nobody could be told.
     *
     * @throws Problem {@code store_unavailable}
     */
    @Transactional(TxType.MANDATORY)
    public void put(Message message) {
        if (!delivery.isOn(message.channel())) {
            return;
        }
        try (var connection = dataSource.getConnection();
                var insert = connection.prepareStatement(PUT)) {
            insert.setObject(1, message.id());
            insert.setBytes(2, envelope.seal(message.askedForHere(), Envelope.outbox(message.id())));
            insert.setObject(3, OffsetDateTime.ofInstant(message.end(), ZoneOffset.UTC));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void drain() {
        if (queues.isEmpty()) {
            return;
        }
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            int batches = 1;
            while (batch(connection) && batches < MOST_BATCHES) {
                batches++;
            }
            outage.over();
        } catch (SQLException | RuntimeException unavailable) {
            outage.met(unavailable);
        }
    }

    /** True when there may be more. What was moved before Redis failed stays moved. */
    private boolean batch(Connection connection) throws SQLException {
        try {
            try (var over = connection.prepareStatement(OVER)) {
                over.executeUpdate();
            }
            var rows = due(connection);
            var moved = new ArrayList<UUID>();
            try {
                var unmovable = new ArrayList<UUID>();
                for (var row : rows) {
                    (move(row) ? moved : unmovable).add(row.id());
                }
                change(connection, UNMOVABLE, unmovable);
            } finally {
                change(connection, MOVED, moved);
                connection.commit();
            }
            return rows.size() == BATCH;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Row(UUID id, byte[] sealed) {}

    private static List<Row> due(Connection connection) throws SQLException {
        var rows = new ArrayList<Row>();
        try (var statement = connection.prepareStatement(DUE);
                var result = statement.executeQuery()) {
            while (result.next()) {
                rows.add(new Row(result.getObject(1, UUID.class), result.getBytes(2)));
            }
        }
        return rows;
    }

    /** False when the row cannot be moved; it is looked at again later, for the key may come back. */
    private boolean move(Row row) {
        Message message;
        try {
            message = envelope.open(row.sealed(), Envelope.outbox(row.id()));
        } catch (UndecryptableException | IllegalArgumentException unreadable) {
            LOG.errorf("The message %s of the outbox waits: %s", row.id(), unreadable.getMessage());
            return false;
        }
        var queue = queues.get(message.channel());
        if (queue == null) {
            return false;
        }
        queue.add(row.id(), envelope.seal(message, Envelope.queue(row.id())), message.end());
        return true;
    }

    private static void change(Connection connection, String sql, List<UUID> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            statement.executeUpdate();
        }
    }
}
