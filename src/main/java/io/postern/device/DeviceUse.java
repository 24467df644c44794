package io.postern.device;

import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;

/**
 * The one statement that decides whether a token lets its computer in (RULES G1). The newest token, or for 30 s the one
 * before, puts the successor in its place; for both that is the same one. Tokens of the same device that come at once wait
 * for one another at its row and are looked at again. The audit row comes with it.
 */
@Singleton
class DeviceUse {

    /** How long a token is good after its successor was given out. */
    static final String GRACE = "interval '30 seconds'";

    private static final String USE = """
            with given as (
              select ?::uuid device, ?::bigint subject, ?::bytea token, ?::bytea next, ?::int days,
                     ?::text application, ?::text client, ?::text ip, ?::text user_agent
            ), known as (
              select d.id, d.token, d.previous, d.rotated_at, d.proven_at, d.ip,
                     least(d.expires_at, d.proven_at + make_interval(days => g.days)) as ends
              from given g
              join remembered_device d on d.id = g.device and d.subject_id = g.subject
              join subject s on s.id = d.subject_id and s.version = d.subject_version and not s.ask_every_sign_in
            ), used as (
              update remembered_device d set
                token = g.next,
                previous = g.token,
                rotated_at = case when d.token = g.token then now() else d.rotated_at end,
                last_used_at = now(),
                ip = coalesce(g.ip, d.ip)
              from given g, known k
              where d.id = k.id and k.ends > now()
                and (d.token = g.token or (d.previous = g.token and d.rotated_at > now() - {grace}))
              returning d.id
            ), audited as (
              insert into audit_event (application_id, subject_id, type, client_id, ip, user_agent)
              select g.application, g.subject, 'device_used', g.client, g.ip, g.user_agent from used, given g
            )
            select u.id is not null,
                   u.id is null and k.ends > now() and k.token <> g.token
                     and (k.previous is distinct from g.token or k.rotated_at <= now() - {grace}),
                   k.proven_at, k.ends
            from known k cross join given g left join used u on true
            """.replace("{grace}", GRACE);

    private final DataSource dataSource;

    DeviceUse(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What a token is worth. */
    sealed interface Worth {

        /** The computer is remembered, and its next token is the successor. */
        record Good(Instant provenAt, Instant end) implements Worth {}

        /** It was good once, and another has followed it since. */
        record Stale() implements Worth {}

        /** There is nothing that it opens. */
        record Nothing() implements Worth {}
    }

    Worth use(Computer computer, DeviceToken token, byte[] digest, byte[] successor, int days) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(USE)) {
            statement.setObject(1, token.series());
            statement.setLong(2, computer.subjectId());
            statement.setBytes(3, digest);
            statement.setBytes(4, successor);
            statement.setInt(5, days);
            statement.setString(6, computer.application());
            statement.setString(7, computer.client());
            statement.setString(8, computer.ip());
            statement.setString(9, computer.userAgent());
            try (var rows = statement.executeQuery()) {
                return rows.next() ? worth(rows) : new Worth.Nothing();
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private static Worth worth(ResultSet row) throws SQLException {
        if (row.getBoolean(1)) {
            return new Worth.Good(instant(row, 3), instant(row, 4));
        }
        return row.getBoolean(2) ? new Worth.Stale() : new Worth.Nothing();
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
