package io.postern.webhook;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Claims what is due, in one statement: nobody else has it until the takeover. Each endpoint has few calls at once, one that
 * fails has one and is asked at growing intervals, and which endpoints come first is drawn: so no dead one holds up another.
 */
@Singleton
class Claims {

    /** Calls of one endpoint at once. */
    static final int MOST_OF_ONE = 4;

    private static final String CLAIM = """
            with ready as (
              select e.id, case when e.failures > 0 then 1 else %d end - (
                  select count(*) from webhook_delivery f
                  where f.endpoint_id = e.id and f.claim is not null and f.state = 'waiting' and f.due_at > now()) as room
              from webhook_endpoint e
              join application a on a.id = e.application_id and a.suspended_at is null
              where e.enabled and coalesce(e.next_try_at, '-infinity') <= now()
            ), chosen as (
              select d.id
              from ready r, lateral (
                select id from webhook_delivery
                where endpoint_id = r.id and state = 'waiting' and due_at <= now() and expires_at > now()
                order by due_at limit greatest(r.room, 0) for update skip locked) d
              order by random() limit ?
            ), claimed as (
              update webhook_delivery d set
                claim = gen_random_uuid(), due_at = now() + ? * interval '1 millisecond',
                attempts = d.attempts + 1, attempted_at = date_trunc('milliseconds', now())
              from chosen c where d.id = c.id
              returning d.*
            )
            select d.id, d.claim, d.endpoint_id, e.url, e.application_id, d.message, d.type, d.created_at, s.external_id,
                   d.subject_id is not null and s.id is null, d.factor_id, d.factor_type, d.challenge, d.details, d.tries,
                   e.failures
            from claimed d join webhook_endpoint e on e.id = d.endpoint_id left join subject s on s.id = d.subject_id
            """.formatted(MOST_OF_ONE);

    private final DataSource dataSource;

    Claims(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Claims deliveries.
     *
     * @param most of all endpoints together
     * @param takeover after which time another copy may claim them too
     */
    List<Due> take(int most, Duration takeover) throws SQLException {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(CLAIM)) {
            statement.setInt(1, most);
            statement.setLong(2, takeover.toMillis());
            var taken = new ArrayList<Due>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    taken.add(due(rows));
                }
            }
            return taken;
        }
    }

    private static Due due(ResultSet row) throws SQLException {
        var told = new Due.Told(
                row.getObject(6, UUID.class),
                row.getString(7),
                row.getObject(8, OffsetDateTime.class).toInstant(),
                row.getString(9),
                row.getBoolean(10),
                row.getObject(11, UUID.class),
                row.getString(12),
                row.getString(13),
                row.getString(14));
        return new Due(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getObject(3, UUID.class),
                row.getString(4),
                row.getString(5),
                told,
                row.getInt(15),
                row.getInt(16));
    }
}
