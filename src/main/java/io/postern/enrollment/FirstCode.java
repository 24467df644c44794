package io.postern.enrollment;

import io.postern.crypto.Sealed;
import io.postern.crypto.SecretBox;
import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.factor.Answer;
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
        if (kind.check(new Answer(material, typed, wasSent), clock.instant()) instanceof Verdict.Match match) {
            return match;
        }
        throw refuse(change, factor, claim);
    }

    /** A factor that is there but takes no code; for one that is not there the look itself says so. */
    private Problem closed(Change change, UUID factor) {
        changes.get(change.application(), change.subject(), factor);
        return Problem.of(ProblemCode.FACTOR_CLOSED);
    }

    private Problem refuse(Change change, UUID factor, Claim claim) {
        events.fire(new SecurityEvent.ActivationRefused(
                About.factor(change.application(), claim.subject(), factor, claim.type(), change.client())));
        return Problem.of(ProblemCode.INVALID_CODE).with("attempts_remaining", MOST_TRIES - claim.tries());
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
