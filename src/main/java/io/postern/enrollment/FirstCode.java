package io.postern.enrollment;

import io.postern.crypto.Sealed;
import io.postern.crypto.SecretBox;
import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.factor.Answer;
import io.postern.factor.ClockHint;
import io.postern.factor.FactorSecret;
import io.postern.factor.FactorType;
import io.postern.factor.Factors;
import io.postern.factor.Stored;
import io.postern.factor.Verdict;
import io.postern.policy.Policies;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.store.StoreUnavailable;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Checks the first code of a pending factor. A try is counted and committed before the code is looked at, so neither
 * parallel tries nor a failure afterwards give more than five (RULES F3, D4).
 */
@Singleton
class FirstCode {

    static final int MOST_TRIES = 5;

    private static final String CLAIM = """
            update factor f set tries = f.tries + 1
            from subject s, application a
            where f.id = ? and s.id = f.subject_id and s.application_id = ? and s.external_id = ?
              and a.id = s.application_id and a.suspended_at is null
              and f.status = 'pending' and f.expires_at > ? and f.tries < ?
            returning f.type, f.key_id, f.secret, f.tries, a.policy, s.id, f.confirm_email
            """;

    /** Behind the subject's row lock, as the activation is: it sees the spent step, or its factor is no longer pending. */
    private static final String SPEND = """
            with held as (select id from subject where id = ? for update)
            update factor f set last_step = ? from held
            where f.id = ? and f.subject_id = held.id and f.status = 'pending' and f.last_step < ?
            """;

    private final DataSource dataSource;
    private final FactorChanges changes;
    private final Factors factors;
    private final Policies policies;
    private final SecretBox box;
    private final PendingCodes codes;
    private final Event<SecurityEvent> events;
    private final Clock clock;

    FirstCode(
            DataSource dataSource,
            FactorChanges changes,
            Factors factors,
            Policies policies,
            SecretBox box,
            PendingCodes codes,
            Event<SecurityEvent> events,
            Clock clock) {
        this.dataSource = dataSource;
        this.changes = changes;
        this.factors = factors;
        this.policies = policies;
        this.box = box;
        this.codes = codes;
        this.events = events;
        this.clock = clock;
    }

    /** @throws Problem {@code invalid_code}, {@code not_found}, {@code factor_closed} when no try is left */
    Verdict.Match check(Change change, UUID factor, Activation activation) {
        var claim = claim(change, factor).orElseThrow(() -> closed(change, factor));
        var kind = factors.of(claim.type());
        var stored = new Stored(box.open(claim.secret(), FactorSecret.place(factor)), 0);
        var material = kind.material(stored, policies.stored(change.application(), claim.policy()));
        if (material == null) {
            throw Problem.of(ProblemCode.FACTOR_CLOSED); // the policy has changed since it was begun
        }
        if (claim.confirmEmail() && !codes.isConfirmed(change, factor, activation.emailCode())) {
            throw refuse(change, factor, claim).with("field", "email_code");
        }
        var typed = activation.code().replace(" ", "");
        var wasSent = claim.type().channel().isPresent() && codes.take(change, factor, typed);
        var now = clock.instant();
        var verdict = kind.check(new Answer(material, typed, wasSent), now);
        if (verdict instanceof Verdict.Match match) {
            return match;
        }
        var refusal = refuse(change, factor, claim);
        throw verdict instanceof Verdict.NearMiss miss && spend(claim, factor, miss)
                ? ClockHint.on(refusal, miss, now)
                : refusal;
    }

    /** Whether this try, and none before it, has spent the step (RULES C1). */
    private boolean spend(Claim claim, UUID factor, Verdict.NearMiss miss) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(SPEND)) {
            statement.setLong(1, claim.subject());
            statement.setLong(2, miss.step());
            statement.setObject(3, factor);
            statement.setLong(4, miss.step());
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    /** A factor that is there but takes no code; for one that is not there the look itself says so. */
    private Problem closed(Change change, UUID factor) {
        changes.get(change.application(), change.subject(), factor);
        return Problem.of(ProblemCode.FACTOR_CLOSED);
    }

    private Problem refuse(Change change, UUID factor, Claim claim) {
        events.fire(new SecurityEvent.ActivationRefused(
                About.factor(change.application(), claim.subject(), factor, claim.type(), change.client())));
        return refusal(claim.tries());
    }

    /** @param tries that were counted, this one included */
    static Problem refusal(int tries) {
        return Problem.of(ProblemCode.INVALID_CODE).with("attempts_remaining", MOST_TRIES - tries);
    }

    private Optional<Claim> claim(Change change, UUID factor) {
        try (var connection = dataSource.getConnection();
                var statement = connection.prepareStatement(CLAIM)) {
            statement.setObject(1, factor);
            statement.setString(2, change.application());
            statement.setString(3, change.subject());
            statement.setTimestamp(4, Timestamp.from(clock.instant()));
            statement.setInt(5, MOST_TRIES);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(Claim.of(rows)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw StoreUnavailable.because(e);
        }
    }

    private record Claim(FactorType type, Sealed secret, int tries, String policy, long subject, boolean confirmEmail) {

        static Claim of(ResultSet row) throws SQLException {
            return new Claim(
                    FactorType.of(row.getString(1)),
                    new Sealed(row.getString(2), row.getBytes(3)),
                    row.getInt(4),
                    row.getString(5),
                    row.getLong(6),
                    row.getBoolean(7));
        }
    }
}
