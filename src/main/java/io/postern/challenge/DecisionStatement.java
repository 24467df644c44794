package io.postern.challenge;

import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The one statement that decides a try (RULES B5). A right code advances the factor's last step where the factor is still
 * active and the step is newer, and takes the challenge's approval row, of which there is one; everything else counts as a
 * failure, which also spends the step of a near miss (RULES C1). The audit rows come with it.
 */
@Singleton
class DecisionStatement {

    private static final String DECIDE = """
            with try as (
              select ?::uuid factor, ?::text application, ?::bigint version, ?::boolean fits, ?::bigint step,
                     ?::uuid challenge, ?::text client, ?::text ip, ?::text user_agent
            ), decided as (
              update factor f set
                last_step = greatest(f.last_step, t.step),
                failures = case when t.fits and f.last_step < t.step then 0 else f.failures + 1 end,
                last_used_at = case when t.fits and f.last_step < t.step then now() else f.last_used_at end,
                locked_at = case when not (t.fits and f.last_step < t.step) and f.failures + 1 >= 100 then now() end,
                told_at = case when not (t.fits and f.last_step < t.step) and f.failures + 1 >= 5
                                and coalesce(f.told_at, '-infinity') < now() - interval '1 day'
                               then now() else f.told_at end
              from try t, subject s, application a
              where f.id = t.factor and f.status = 'active' and f.locked_at is null
                and s.id = f.subject_id and s.application_id = t.application and s.version = t.version
                and a.id = s.application_id and a.suspended_at is null
              returning f.subject_id, f.type, f.failures = 0 as fits, f.locked_at is not null as locked,
                        coalesce(f.told_at = now(), false) as told
            ), approval as (
              insert into approval (challenge)
              select t.challenge from decided d, try t where d.fits
              on conflict do nothing returning challenge
            ), outcome as (
              select d.*, exists (select from approval) as approved from decided d
            ), audited as (
              insert into audit_event (application_id, subject_id, type, factor_id, factor_type, challenge, client_id, ip, user_agent)
              select t.application, o.subject_id, e.type, t.factor, o.type, t.challenge, t.client, t.ip, t.user_agent
              from outcome o, try t, lateral (values
                (case when o.approved then 'challenge_approved' else 'code_refused' end, true),
                ('factor_locked', o.locked),
                ('failures_repeated', o.told)) e (type, happened)
              where e.happened
            )
            select approved, fits, locked, told from outcome
            """;

    private final DataSource dataSource;

    DecisionStatement(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Decides.
     *
     * @param fits whether the code was right at the step
     * @param step the step of a right code or a near miss, −1 for none
     * @return empty when the factor or the subject has changed since the challenge was made, or the application is suspended
     */
    Optional<Decision> decide(Try attempt, boolean fits, long step) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(DECIDE)) {
            statement.setObject(1, attempt.factor().id());
            statement.setString(2, attempt.application());
            statement.setLong(3, attempt.state().version());
            statement.setBoolean(4, fits);
            statement.setLong(5, step);
            statement.setObject(6, attempt.challenge().number());
            statement.setString(7, attempt.client());
            statement.setString(8, attempt.state().ip());
            statement.setString(9, attempt.state().userAgent());
            try (var rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Decision(
                                rows.getBoolean(1), rows.getBoolean(2), rows.getBoolean(3), rows.getBoolean(4)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }
}
