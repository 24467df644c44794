package io.postern.challenge;

import io.postern.factor.Verdict;
import io.postern.store.StoreUnavailable;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The one statement that decides a try (RULES B5). A right code advances the factor's last step where the factor is still
 * active, the step is newer and the code of a set is unspent, and takes the challenge's approval row, of which there is one;
 * everything else counts as a failure, which also spends the step of a near miss (RULES C1), but for what was aimed at no
 * code of a set (RULES D2). What is good for a time alone is not there after it. The audit rows come with it, and those of the
 * webhooks that want to know.
 */
@Singleton
class DecisionStatement {

    private static final String DECIDE =
            """
            with try as (
              select ?::uuid factor, ?::text application, ?::bigint version, ?::boolean fits, ?::bigint step,
                     ?::bigint bit, ?::boolean counts, ?::uuid challenge, ?::text challenge_id, ?::text client, ?::text ip,
                     ?::text user_agent
            ), decided as (
              update factor f set
                last_step = greatest(f.last_step, t.step),
                spent_codes = f.spent_codes | case when {fits} then t.bit else 0 end,
                failures = case when {fits} then 0 when t.counts then f.failures + 1 else f.failures end,
                last_used_at = case when {fits} then now() else f.last_used_at end,
                locked_at = case when not {fits} and t.counts and f.failures + 1 >= 100 then now() end,
                told_at = case when not {fits} and t.counts and f.failures + 1 >= 5
                                and coalesce(f.told_at, '-infinity') < now() - interval '1 day'
                               then now() else f.told_at end
              from try t, factor before, subject s, application a
              where f.id = t.factor and before.id = f.id and f.status = 'active' and f.locked_at is null
                and (f.good_until is null or f.good_until > now())
                and s.id = f.subject_id and s.application_id = t.application and s.version = t.version
                and a.id = s.application_id and a.suspended_at is null
              returning f.subject_id, f.type, t.fits and f.failures = 0 as fits, f.spent_codes, f.locked_at is not null as locked,
                        coalesce(f.told_at = now(), false) as told,
                        not t.fits and t.step > before.last_step as near_miss
            ), approval as (
              insert into approval (challenge)
              select t.challenge from decided d, try t where d.fits
              on conflict do nothing returning challenge
            ), outcome as (
              select d.*, exists (select from approval) as approved from decided d
            ), events as (
              select e.type, gen_random_uuid() as message
              from outcome o, lateral (values
                (case when o.approved then 'challenge_approved' else 'code_refused' end, true),
                ('factor_locked', o.locked),
                ('failures_repeated', o.told)) e (type, happened)
              where e.happened
            ), audited as (
              insert into audit_event (application_id, subject_id, type, factor_id, factor_type, challenge, client_id, ip, user_agent)
              select t.application, o.subject_id, e.type, t.factor, o.type, t.challenge, t.client, t.ip, t.user_agent
              from outcome o, try t, events e
            ), announced as (
              insert into webhook_delivery (id, endpoint_id, message, type, subject_id, factor_id, factor_type, challenge)
              select gen_random_uuid(), w.id, e.message, e.type, o.subject_id, t.factor, o.type, t.challenge_id
              from outcome o, try t, events e, webhook_endpoint w
              where w.application_id = t.application and w.enabled and e.type <> 'code_refused'
                and (w.events = '{}' or e.type = any (w.events))
            )
            select approved, fits, locked, told, near_miss, spent_codes from outcome
            """.replace("{fits}", "(t.fits and (t.step < 0 or f.last_step < t.step) and f.spent_codes & t.bit = 0)");

    private final DataSource dataSource;

    DecisionStatement(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Decides.
     *
     * @return empty when the factor or the subject has changed since the challenge was made, or the application is suspended
     */
    Optional<Decision> decide(Try attempt, Verdict verdict) {
        var match = verdict instanceof Verdict.Match right ? right : null;
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(DECIDE)) {
            statement.setObject(1, attempt.factor().id());
            statement.setString(2, attempt.application());
            statement.setLong(3, attempt.state().version());
            statement.setBoolean(4, match != null);
            statement.setLong(5, step(verdict));
            statement.setLong(6, match == null ? 0 : match.bit());
            statement.setBoolean(7, !(verdict instanceof Verdict.Stray));
            statement.setObject(8, attempt.challenge().number());
            statement.setString(9, attempt.challenge().toString());
            statement.setString(10, attempt.client());
            statement.setString(11, attempt.state().ip());
            statement.setString(12, attempt.state().userAgent());
            try (var rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Decision(
                                rows.getBoolean(1),
                                rows.getBoolean(2),
                                rows.getBoolean(3),
                                rows.getBoolean(4),
                                rows.getBoolean(5),
                                rows.getLong(6)))
                        : Optional.empty();
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private static long step(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Match match -> match.step();
            case Verdict.NearMiss nearMiss -> nearMiss.step();
            case Verdict.Mismatch mismatch -> Verdict.NO_STEP;
            case Verdict.Stray stray -> Verdict.NO_STEP;
        };
    }
}
