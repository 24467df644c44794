package io.postern.challenge;

import io.postern.application.Applications;
import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.factor.Factors;
import io.postern.factor.Verdict;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.subject.SlotTags;
import io.postern.token.Approval;
import io.postern.token.VerificationTokens;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Verifies codes in the order of RULES B5: claim, compare, decide, sign. Two scripts and one statement (RULES B6). A store
 * that fails on the way leaves the try charged and nothing approved.
 */
@Singleton
class ChallengeVerification {

    private static final Logger LOG = Logger.getLogger(ChallengeVerification.class);
    private static final long NO_STEP = -1;

    private final ChallengeStore store;
    private final DecisionStatement statement;
    private final Applications applications;
    private final Factors factors;
    private final VerificationTokens tokens;
    private final SlotTags slots;
    private final Event<SecurityEvent> events;
    private final Clock clock;

    ChallengeVerification(
            ChallengeStore store,
            DecisionStatement statement,
            Applications applications,
            Factors factors,
            VerificationTokens tokens,
            SlotTags slots,
            Event<SecurityEvent> events,
            Clock clock) {
        this.store = store;
        this.statement = statement;
        this.applications = applications;
        this.factors = factors;
        this.tokens = tokens;
        this.slots = slots;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Approves the challenge, once, when the code is right.
     *
     * @throws Problem {@code not_found}, {@code challenge_closed}, {@code factor_unavailable}, {@code too_many_attempts},
     *     {@code invalid_code}, {@code store_unavailable}, {@code application_suspended}
     */
    Approved verify(String application, String client, ChallengeId id, UUID factor, Verification verification) {
        requireSubject(application, id, verification);
        var claim = claim(application, client, id, factor);
        var candidate = claim.state().candidate(factor).orElseThrow(() -> Problem.of(ProblemCode.FACTOR_UNAVAILABLE));
        var attempt = new Try(application, client, id, claim.state(), candidate);
        var now = clock.instant();
        var verdict = compare(candidate, verification.code().replace(" ", ""), now);
        var decision = decide(attempt, verdict);
        report(attempt, decision);
        if (decision.approved()) {
            var token = tokens.issue(approval(attempt, now));
            close(attempt);
            return Approved.with(token);
        }
        throw decision.right()
                ? Problem.of(ProblemCode.CHALLENGE_CLOSED) // another try approved it a moment ago
                : Problem.of(ProblemCode.INVALID_CODE).with("attempts_remaining", claim.attemptsRemaining());
    }

    /** RULES B4: the id carries the subject's tag, so this costs no look at a store. */
    private void requireSubject(String application, ChallengeId id, Verification verification) {
        var subject = verification.subject();
        if (subject != null && !slots.of(application, subject).equals(id.slot())) {
            throw Problem.of(ProblemCode.NOT_FOUND);
        }
    }

    private ChallengeStore.Claim.Granted claim(String application, String client, ChallengeId id, UUID factor) {
        var about = new About(application, null, null, null, null, client);
        return switch (store.claim(id, application, factor)) {
            case ChallengeStore.Claim.Granted granted -> granted;
            case ChallengeStore.Claim.Missing missing -> throw Problem.of(ProblemCode.NOT_FOUND);
            case ChallengeStore.Claim.Unavailable unavailable -> throw Problem.of(ProblemCode.FACTOR_UNAVAILABLE);
            case ChallengeStore.Claim.Closed closed -> {
                events.fire(new SecurityEvent.VerificationClosed(about));
                throw Problem.of(ProblemCode.CHALLENGE_CLOSED);
            }
            case ChallengeStore.Claim.Delayed delayed -> {
                events.fire(new SecurityEvent.VerificationDelayed(about));
                throw Problem.of(ProblemCode.TOO_MANY_ATTEMPTS).retryAfter(delayed.left());
            }
        };
    }

    private Verdict compare(Candidate candidate, String code, Instant now) {
        var material = candidate.material();
        if (material == null) {
            throw Problem.of(ProblemCode.FACTOR_UNAVAILABLE);
        }
        return factors.of(candidate.type()).check(material, code, now);
    }

    private Decision decide(Try attempt, Verdict verdict) {
        var decision = switch (verdict) {
            case Verdict.Match match -> statement.decide(attempt, true, match.step());
            case Verdict.NearMiss nearMiss -> statement.decide(attempt, false, nearMiss.step());
            case Verdict.Mismatch mismatch -> statement.decide(attempt, false, NO_STEP);
        };
        return decision.orElseThrow(() -> {
            applications.requireActive(attempt.application());
            return Problem.of(ProblemCode.CHALLENGE_CLOSED);
        });
    }

    private void report(Try attempt, Decision decision) {
        var about = attempt.about();
        events.fire(
                decision.approved()
                        ? new SecurityEvent.ChallengeApproved(about)
                        : new SecurityEvent.CodeRefused(about));
        if (decision.locked()) {
            events.fire(new SecurityEvent.FactorLocked(about));
        }
        if (decision.told()) {
            events.fire(new SecurityEvent.FailuresRepeated(about));
        }
    }

    /** Best effort: the approval stands in Postgres, and a challenge left open here approves nothing more. */
    private void close(Try attempt) {
        try {
            store.close(attempt.challenge(), attempt.factor().type().level());
        } catch (Problem problem) {
            LOG.warn("An approved challenge could not be closed; it ends by itself");
        }
    }

    private static Approval approval(Try attempt, Instant now) {
        var state = attempt.state();
        return new Approval(
                attempt.application(),
                state.subject(),
                attempt.challenge().toString(),
                state.purpose(),
                state.action(),
                state.nonce(),
                attempt.factor().id(),
                attempt.factor().type(),
                state.version(),
                now);
    }
}
