package io.postern.webhook;

import io.postern.event.Details;
import io.postern.event.SecurityEvent;
import io.postern.store.StoreUnavailable;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Writes what endpoints are to be told of a change, in the transaction of the change: no change untold, nothing told that was
 * not done. What a verification decides is written by the statement that decides.
 */
@Singleton
final class WebhookOutbox {

    private static final String TELL = """
            insert into webhook_delivery (id, endpoint_id, message, type, subject_id, factor_id, factor_type, details)
            select gen_random_uuid(), e.id, ?, t.type, ?, ?, ?, ?::jsonb
            from (select ?::text as type) t, webhook_endpoint e
            where e.application_id = ? and e.enabled and (e.events = '{}' or t.type = any (e.events))
            """;

    private final DataSource dataSource;
    private final Details details;

    WebhookOutbox(DataSource dataSource, Details details) {
        this.dataSource = dataSource;
        this.details = details;
    }

    void write(@Observes SecurityEvent.Change change) {
        if (EventType.find(change.type()).isEmpty()) {
            return;
        }
        var about = change.about();
        var factorType = about.factorType();
        try (var connection = dataSource.getConnection();
                var insert = connection.prepareStatement(TELL)) {
            insert.setObject(1, UUID.randomUUID());
            insert.setObject(2, about.subject());
            insert.setObject(3, about.factor());
            insert.setString(4, factorType == null ? null : factorType.id());
            insert.setString(5, details.of(change));
            insert.setString(6, change.type());
            insert.setString(7, about.application());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }
}
