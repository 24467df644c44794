package io.postern.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the audit trail.
 *
 * @param at in microseconds, as Postgres keeps it
 * @param details JSON as Postgres writes it
 */
record Row(
        long id,
        Instant at,
        String application,
        @Nullable Long subject,
        String type,
        @Nullable UUID factor,
        @Nullable String factorType,
        @Nullable UUID challenge,
        @Nullable String client,
        @Nullable String actor,
        @Nullable String details,
        Personal personal) {

    static final String COLUMNS = "e.id, e.at, e.application_id, e.subject_id, e.type, e.factor_id, e.factor_type,"
            + " e.challenge, e.client_id, e.actor, e.details::text as details, " + Personal.COLUMNS;

    static Row of(ResultSet row) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("application_id"),
                row.getObject("subject_id", Long.class),
                row.getString("type"),
                row.getObject("factor_id", UUID.class),
                row.getString("factor_type"),
                row.getObject("challenge", UUID.class),
                row.getString("client_id"),
                row.getString("actor"),
                row.getString("details"),
                Personal.of(row));
    }

    Row with(Personal other) {
        return new Row(
                id, at, application, subject, type, factor, factorType, challenge, client, actor, details, other);
    }
}
