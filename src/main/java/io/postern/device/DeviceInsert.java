package io.postern.device;

import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import javax.sql.DataSource;

/**
 * The one statement that remembers a computer (RULES G1). It holds the subject's row meanwhile, so that a change of factors
 * that comes between the approval and this leaves nothing remembered, and takes one of the subject's ten places: that of the
 * device which the computer has been until now, a free one, or that of the oldest. The audit rows come with it.
 */
@Singleton
class DeviceInsert {

    private static final String INSERT = """
            with given as (
              select ?::uuid id, ?::bigint subject, ?::bigint version, ?::bytea token, ?::text name, ?::text ip,
                     ?::timestamptz proven, ?::timestamptz ends, ?::uuid known,
                     ?::text application, ?::uuid challenge, ?::text client, ?::text user_agent
            ), held as (
              select s.id from subject s, given g
              where s.id = g.subject and s.version = g.version and not s.ask_every_sign_in
              for share of s
            ), place as (
              select p.place, d.id as taken_by, coalesce(d.id = g.known, false) as same, d.name, d.created_at
              from given g cross join generate_series(1, 10) p (place)
              left join remembered_device d on d.subject_id = g.subject and d.place = p.place
              order by same desc, d.id is null desc, d.proven_at, p.place limit 1
            ), gone as (
              delete from remembered_device d using held, place p where d.id = p.taken_by returning d.id
            ), added as (
              insert into remembered_device (id, subject_id, subject_version, place, token, name, ip,
                                             proven_at, created_at, last_used_at, expires_at)
              select g.id, h.id, g.version, p.place, g.token, case when p.same then p.name else g.name end, g.ip,
                     g.proven, case when p.same then p.created_at else g.proven end, g.proven, g.ends
              from held h, given g, place p, (select count(*) from gone) before
              on conflict (subject_id, place) do nothing
              returning id
            ), outcome as (
              select exists (select from held) as held, exists (select from added) as added,
                     exists (select from added) and exists (select from gone) and not p.same as replaced
              from place p
            ), audited as (
              insert into audit_event (application_id, subject_id, type, challenge, client_id, ip, user_agent)
              select g.application, g.subject, e.type, g.challenge, g.client, g.ip, g.user_agent
              from outcome o, given g, lateral (values
                ('device_remembered', o.added), ('device_replaced', o.replaced)) e (type, happened)
              where e.happened
            )
            select held, added, replaced from outcome
            """;

    private final DataSource dataSource;

    DeviceInsert(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What became of it. */
    enum Outcome {
        ADDED,
        /** And the oldest of ten has left. */
        ADDED_FOR_OLDEST,
        /** Another computer took the place at the same moment. */
        PLACE_TAKEN,
        /** The person's factors or wishes have changed since the proof. */
        CHANGED
    }

    Outcome insert(NewDevice device, DeviceToken token, byte[] digest, Instant end) {
        var computer = device.computer();
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(INSERT)) {
            statement.setObject(1, token.series());
            statement.setLong(2, computer.subjectId());
            statement.setLong(3, device.version());
            statement.setBytes(4, digest);
            statement.setString(5, DeviceName.of(computer.userAgent()));
            statement.setString(6, computer.ip());
            statement.setTimestamp(7, Timestamp.from(device.provenAt()));
            statement.setTimestamp(8, Timestamp.from(end));
            statement.setObject(9, device.known());
            statement.setString(10, computer.application());
            statement.setObject(11, device.about().challenge());
            statement.setString(12, computer.client());
            statement.setString(13, computer.userAgent());
            try (var rows = statement.executeQuery()) {
                rows.next();
                return outcome(rows);
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private static Outcome outcome(ResultSet row) throws SQLException {
        if (!row.getBoolean(1)) {
            return Outcome.CHANGED;
        }
        if (!row.getBoolean(2)) {
            return Outcome.PLACE_TAKEN;
        }
        return row.getBoolean(3) ? Outcome.ADDED_FOR_OLDEST : Outcome.ADDED;
    }
}
