package io.postern.webhook;

import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.store.StoreUnavailable;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what became of a call. Whoever lost the claim meanwhile writes nothing. An endpoint whose receiver is gone, or
 * that has failed for three days, is switched off, and the application's other endpoints are told.
 */
@Singleton
class Settlement {

    private static final Logger LOG = Logger.getLogger(Settlement.class);

    /** After an endpoint has come back, what was put off on its account is due at once. */
    private static final String DELIVERED = """
            with done as (
              update webhook_delivery set state = 'delivered', claim = null, ended_at = now(), last_status = ?, last_error = null
              where id = ? and claim = ?
              returning endpoint_id
            ), back as (
              update webhook_endpoint e set failures = 0, failing_since = null, next_try_at = null
              from done d where e.id = d.endpoint_id and e.failures > 0
              returning e.id
            ), hurried as (
              update webhook_delivery set due_at = now()
              where ? and id in (
                select w.id from back b join webhook_delivery w on w.endpoint_id = b.id
                where w.state = 'waiting' and w.claim is null and w.due_at > now() limit 500)
            )
            select count(*) from done
            """;

    private static final String FAILED = """
            update webhook_delivery set
              claim = null, tries = tries + 1, last_status = ?, last_error = ?,
              due_at = now() + ? * interval '1 millisecond',
              state = case when expires_at > now() + ? * interval '1 millisecond' then 'waiting' else 'failed' end,
              ended_at = case when expires_at > now() + ? * interval '1 millisecond' then null else now() end
            where id = ? and claim = ?
            returning state
            """;
    private static final String ENDPOINT_FAILED = """
            update webhook_endpoint set
              failures = greatest(failures, ? + 1), failing_since = coalesce(failing_since, now()),
              next_try_at = greatest(coalesce(next_try_at, '-infinity'), now() + ? * interval '1 millisecond')
            where id = ? and enabled
            returning failing_since < now() - interval '3 days'
            """;
    private static final String OFF = """
            update webhook_endpoint set enabled = false, off_reason = ?, off_at = date_trunc('milliseconds', now())
            where id = ? and enabled
            """;
    private static final String DROP = "delete from webhook_delivery where id = ? and claim = ?";

    private final DataSource dataSource;
    private final Backoff backoff;
    private final Event<SecurityEvent> events;

    Settlement(DataSource dataSource, Backoff backoff, Event<SecurityEvent> events) {
        this.dataSource = dataSource;
        this.backoff = backoff;
        this.events = events;
    }

    /** What became of a call, as metrics tell it. */
    enum Outcome {
        DELIVERED,
        /** Put off. */
        RETRIED,
        /** Not within three days. */
        FAILED,
        /** Somebody else has it. */
        LOST,
        /** It was about somebody who was erased. */
        DROPPED
    }

    /** The endpoint has taken it. */
    Outcome delivered(Due due, int status) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(DELIVERED)) {
            statement.setInt(1, status);
            statement.setObject(2, due.id());
            statement.setObject(3, due.claim());
            statement.setBoolean(4, due.failures() > 1); // one failure alone may be about the message
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getLong(1) == 1 ? Outcome.DELIVERED : Outcome.LOST;
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    /** The endpoint has answered something else than 2xx. */
    @Transactional
    Outcome refused(Due due, Request.Answer answer) {
        var wait = answer.retryAfter().orElse(Duration.ZERO);
        return failed(due, new Failure(answer.status(), null, wait, answer.isGone()));
    }

    /** No answer came. */
    @Transactional
    Outcome unanswered(Due due, NotReached.Reason reason) {
        return failed(due, new Failure(null, reason.id(), Duration.ZERO, false));
    }

    /** There is nobody any more whom it is about. */
    Outcome dropped(Due due) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(DROP)) {
            statement.setObject(1, due.id());
            statement.setObject(2, due.claim());
            statement.executeUpdate();
            return Outcome.DROPPED;
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private record Failure(
            @Nullable Integer status, @Nullable String error, Duration least, boolean isGone) {}

    private Outcome failed(Due due, Failure failure) {
        try (var connection = dataSource.getConnection()) {
            var outcome = putOff(connection, due, failure);
            if (outcome == Outcome.LOST) {
                return outcome;
            }
            boolean isHopeless = pause(connection, due, failure);
            if (failure.isGone()) {
                switchOff(connection, due, "gone");
            } else if (isHopeless) {
                switchOff(connection, due, "failing");
            }
            return outcome;
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private Outcome putOff(Connection connection, Due due, Failure failure) throws SQLException {
        long wait = longer(backoff.ofMessage(due.tries() + 1), failure.least()).toMillis();
        try (var statement = connection.prepareStatement(FAILED)) {
            statement.setObject(1, failure.status());
            statement.setString(2, failure.error());
            statement.setLong(3, wait);
            statement.setLong(4, wait);
            statement.setLong(5, wait);
            statement.setObject(6, due.id());
            statement.setObject(7, due.claim());
            try (var rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return Outcome.LOST;
                }
                return rows.getString(1).equals("waiting") ? Outcome.RETRIED : Outcome.FAILED;
            }
        }
    }

    /** True when it has failed for too long. */
    private boolean pause(Connection connection, Due due, Failure failure) throws SQLException {
        long wait =
                longer(backoff.ofEndpoint(due.failures() + 1), failure.least()).toMillis();
        try (var statement = connection.prepareStatement(ENDPOINT_FAILED)) {
            statement.setInt(1, due.failures());
            statement.setLong(2, wait);
            statement.setObject(3, due.endpoint());
            try (var rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }

    private void switchOff(Connection connection, Due due, String reason) throws SQLException {
        try (var statement = connection.prepareStatement(OFF)) {
            statement.setString(1, reason);
            statement.setObject(2, due.endpoint());
            if (statement.executeUpdate() == 1) {
                UUID webhook = due.endpoint();
                LOG.warnf("The webhook %s of %s is switched off: %s", webhook, due.application(), reason);
                events.fire(new SecurityEvent.WebhookDisabled(About.application(due.application()), webhook, reason));
            }
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
