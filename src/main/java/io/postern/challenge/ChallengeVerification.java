package io.postern.challenge;

import io.postern.application.Applications;
import io.postern.code.SentCodes;
import io.postern.event.SecurityEvent;
import io.postern.factor.Answer;
import io.postern.factor.Factors;
import io.postern.factor.Verdict;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.token.Approval;
import io.postern.token.VerificationTokens;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Verifies codes in the order of RULES B5: claim, compare, decide, sign. Two scripts and one statement, and one more where
 * the computer is remembered (RULES B6). A store
 * that fails on the way leaves the try charged and nothing approved.
 */
@Singleton
class ChallengeVerification {

    private static final Logger LOG = Logger.getLogger(ChallengeVerification.class);

    private final ChallengeStore store;
    private final DecisionStatement statement;
    private final Applications applications;
    private final Factors factors;
    private final SentCodes codes;
    private final VerificationTokens tokens;
    private final ClaimProblems problems;
    private final Remembering remembering;
    private final Event<SecurityEvent> events;
    private final Clock clock;

    ChallengeVerification(
            ChallengeStore store,
            DecisionStatement statement,
            Applications applications,
            Factors factors,
            SentCodes codes,
            VerificationTokens tokens,
            ClaimProblems problems,
            Remembering remembering,
            Event<SecurityEvent> events,
            Clock clock) {
        this.store = store;
        this.statement = statement;
        this.applications = applications;
        this.factors = factors;
        this.codes = codes;
        this.tokens = tokens;
        this.problems = problems;
        this.remembering = remembering;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Approves the challenge, once, when the code is right.
     *
     * @throws Problem {@code not_found}, {@code challenge_closed}, {@code factor_unavailable}, {@code too_many_attempts},
     *     {@code invalid_code}, {@code store_unavailable}, {@code application_suspended}
     */
    Approved verify(String application, String client, ChallengeId id, Verification verification) {
        problems.requireSubject(application, id, verification.subject());
        var code = verification.code().replace(" ", "");
        var digest = codes.digest(id.toString(), verification.factor(), code);
        var claim = problems.granted(store.claim(id, application, verification.factor(), digest), application, client);
        var candidate = claim.state()
                .candidate(verification.factor())
                .orElseThrow(() -> Problem.of(ProblemCode.FACTOR_UNAVAILABLE));
        var attempt = new Try(application, client, id, claim.state(), candidate);
        var now = clock.instant();
        var verdict = compare(candidate, code, claim.wasSent(), now);
        var decision = statement.decide(attempt, verdict).orElseThrow(() -> {
            applications.requireActive(application);
            return Problem.of(ProblemCode.CHALLENGE_CLOSED);
        });
        report(attempt, decision);
        if (decision.approved()) {
            var token = tokens.issue(approval(attempt, now));
            close(attempt);
            var left = factors.of(candidate.type()).codesLeft(decision.spentCodes());
            left.ifPresent(codes -> events.fire(new SecurityEvent.RecoveryCodeUsed(attempt.about(), codes)));
            return Approved.with(token, left, remembering.after(attempt, verification.rememberDevice(), now));
        }
        throw decision.right()
                ? Problem.of(ProblemCode.CHALLENGE_CLOSED) // another try approved it a moment ago
                : Problem.of(ProblemCode.INVALID_CODE).with("attempts_remaining", claim.attemptsRemaining());
    }

    private Verdict compare(Candidate candidate, String code, boolean wasSent, Instant now) {
        var material = candidate.material();
        if (material == null) {
            throw Problem.of(ProblemCode.FACTOR_UNAVAILABLE);
        }
        return factors.of(candidate.type()).check(new Answer(material, code, wasSent), now);
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
