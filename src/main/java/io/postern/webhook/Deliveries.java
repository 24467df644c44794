package io.postern.webhook;

import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What was told to an endpoint and what waits; a try by hand. */
@Singleton
class Deliveries {

    private static final String COLUMNS = "id, message, type, state, attempts, last_status, last_error, created_at,"
            + " attempted_at, case when state = 'waiting' and claim is null then due_at end, ended_at";
    private static final String PAGE = "select " + COLUMNS + " from webhook_delivery where endpoint_id = ?"
            + " and (created_at, id) < (?, ?) order by created_at desc, id desc limit ?";
    private static final String ONE = "select " + COLUMNS + " from webhook_delivery where endpoint_id = ? and id = ?";

    /** What is being sent at the moment is left to whoever sends it. */
    private static final String AGAIN = """
            update webhook_delivery set state = 'waiting', claim = null, tries = 0, due_at = now(), ended_at = null,
              expires_at = now() + interval '3 days'
            where endpoint_id = ? and id = ? and (claim is null or due_at <= now())
            """;

    private static final String PING =
            "insert into webhook_delivery (id, endpoint_id, message, type) values (?, ?, gen_random_uuid(), 'ping')";

    /** Who asks for a try by hand does not wait for the next one that is due. */
    private static final String TRY_NOW = "update webhook_endpoint set next_try_at = null where id = ?";

    private final DataSource dataSource;
    private final Webhooks webhooks;

    Deliveries(DataSource dataSource, Webhooks webhooks) {
        this.dataSource = dataSource;
        this.webhooks = webhooks;
    }

    /**
     * A page of an endpoint's deliveries, the newest first; stable under those that come.
     *
     * @throws Problem {@code not_found}
     */
    @Transactional
    DeliveryView.Page page(String application, UUID endpoint, int limit, Optional<Cursor> after) {
        webhooks.require(application, endpoint);
        var from = after.orElse(Cursor.NEWEST);
        var rows = query(PAGE, select -> {
            select.setObject(1, endpoint);
            select.setObject(2, OffsetDateTime.ofInstant(from.at(), ZoneOffset.UTC));
            select.setObject(3, from.id());
            select.setInt(4, limit + 1);
        });
        if (rows.size() <= limit) {
            return new DeliveryView.Page(rows, null);
        }
        var shown = rows.subList(0, limit);
        var last = shown.getLast();
        return new DeliveryView.Page(shown, new Cursor(last.createdAt(), last.id()).toString());
    }

    /** @throws Problem {@code not_found} */
    @Transactional
    DeliveryView get(String application, UUID endpoint, UUID id) {
        webhooks.require(application, endpoint);
        return one(endpoint, id);
    }

    /**
     * Sends a delivery once more under the same message id, soon, and for three more days.
     *
     * @throws Problem {@code not_found}, {@code webhook_disabled}
     */
    @Transactional
    DeliveryView redeliver(String application, UUID endpoint, UUID id) {
        var row = webhooks.require(application, endpoint);
        one(endpoint, id);
        requireEnabled(row);
        change(TRY_NOW, update -> update.setObject(1, endpoint));
        change(AGAIN, update -> {
            update.setObject(1, endpoint);
            update.setObject(2, id);
        });
        return one(endpoint, id);
    }

    /**
     * Tells the endpoint that it is tried, whatever its filter says.
     *
     * @throws Problem {@code not_found}, {@code webhook_disabled}
     */
    @Transactional
    DeliveryView ping(String application, UUID endpoint) {
        requireEnabled(webhooks.require(application, endpoint));
        var id = UUID.randomUUID();
        change(TRY_NOW, update -> update.setObject(1, endpoint));
        change(PING, insert -> {
            insert.setObject(1, id);
            insert.setObject(2, endpoint);
        });
        return one(endpoint, id);
    }

    private static void requireEnabled(WebhookEndpoint row) {
        if (!row.enabled) {
            throw Problem.of(ProblemCode.WEBHOOK_DISABLED);
        }
    }

    private DeliveryView one(UUID endpoint, UUID id) {
        var rows = query(ONE, select -> {
            select.setObject(1, endpoint);
            select.setObject(2, id);
        });
        if (rows.isEmpty()) {
            throw Problem.of(ProblemCode.NOT_FOUND);
        }
        return rows.getFirst();
    }

    private interface Values {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private void change(String sql, Values values) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            values.bind(statement);
            statement.executeUpdate();
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private List<DeliveryView> query(String sql, Values values) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(sql)) {
            values.bind(statement);
            var found = new ArrayList<DeliveryView>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(view(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private static DeliveryView view(ResultSet row) throws SQLException {
        return new DeliveryView(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getObject(6, Integer.class),
                row.getString(7),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                instant(row, 9),
                instant(row, 10),
                instant(row, 11));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
