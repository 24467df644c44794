package io.postern.audit;

import io.postern.event.Details;
import io.postern.event.SecurityEvent;
import io.postern.store.StoreUnavailable;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Writes changes into the audit trail, in their own transaction: no change without its row, no row without its change. */
@Singleton
final class AuditTrail {

    private static final String INSERT = """
            insert into audit_event
              (application_id, subject_id, type, factor_id, factor_type, challenge, client_id, actor, reason, details)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
            """;

    private final DataSource dataSource;
    private final Details details;

    AuditTrail(DataSource dataSource, Details details) {
        this.dataSource = dataSource;
        this.details = details;
    }

    void write(@Observes SecurityEvent.Change change) {
        var about = change.about();
        var factorType = about.factorType();
        try (var connection = dataSource.getConnection();
                var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, about.application());
            insert.setObject(2, about.subject());
            insert.setString(3, change.type());
            insert.setObject(4, about.factor());
            insert.setString(5, factorType == null ? null : factorType.id());
            insert.setObject(6, about.challenge());
            insert.setString(7, about.client());
            insert.setString(8, about.actor());
            insert.setString(9, about.reason());
            insert.setString(10, details.of(change));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }
}
