package io.postern.challenge;

import io.postern.challenge.ChallengeView.Status;
import io.postern.crypto.SecretBox;
import io.postern.crypto.UndecryptableException;
import io.postern.factor.Destination;
import io.postern.factor.FactorSecret;
import io.postern.factor.Factors;
import io.postern.factor.Level;
import io.postern.factor.Stored;
import io.postern.policy.LeastLevels;
import io.postern.policy.Obligation;
import io.postern.policy.Policy;
import io.postern.token.Action;
import io.postern.token.Purpose;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Decides what asking for a second step comes to, from what is stored and what is asked alone: it changes nothing, sends
 * nothing and looks nowhere else. The creation of a challenge and the dry run both ask here.
 */
@Singleton
class Outcomes {

    private static final Logger LOG = Logger.getLogger(Outcomes.class);

    private final Factors factors;
    private final SecretBox box;
    private final Clock clock;

    Outcomes(Factors factors, SecretBox box, Clock clock) {
        this.factors = factors;
        this.box = box;
        this.clock = clock;
    }

    Outcome of(Wish wish, Enrolled enrolled, Policy policy) {
        if (enrolled.isBlocked()) {
            return new Outcome.NothingToPass(
                    Status.BLOCKED, null, EnumSet.of(Reason.TWO_FACTOR_ON, Reason.CHANGE_DISOWNED));
        }
        return enrolled.isOn() ? toPass(wish, enrolled, policy) : nothingToPass(wish, policy);
    }

    private Outcome nothingToPass(Wish wish, Policy policy) {
        var reasons = EnumSet.of(Reason.TWO_FACTOR_OFF);
        return switch (policy.obligation(wish.roles(), clock.instant())) {
            case Obligation.Free() ->
                new Outcome.NothingToPass(Status.NOT_ENROLLED, null, with(reasons, Reason.ENFORCEMENT_OPTIONAL));
            case Obligation.OtherRoles() ->
                new Outcome.NothingToPass(Status.NOT_ENROLLED, null, with(reasons, Reason.OTHER_ROLES));
            case Obligation.Grace(var until) ->
                new Outcome.NothingToPass(
                        Status.ENROLLMENT_REQUIRED, until, enforced(reasons, Reason.GRACE_PERIOD, wish, policy));
            case Obligation.Due() ->
                new Outcome.NothingToPass(
                        Status.ENROLLMENT_REQUIRED, null, enforced(reasons, Reason.ENFORCED, wish, policy));
        };
    }

    private static Set<Reason> enforced(EnumSet<Reason> reasons, Reason how, Wish wish, Policy policy) {
        if (wish.roles() == null && !policy.enforcedRoles().isEmpty()) {
            reasons.add(Reason.ROLES_UNKNOWN);
        }
        return with(reasons, how);
    }

    private static Set<Reason> with(EnumSet<Reason> reasons, Reason more) {
        reasons.add(more);
        return reasons;
    }

    /** By what is stored, not by what is usable now (RULES B2). */
    private Outcome toPass(Wish wish, Enrolled enrolled, Policy policy) {
        var reasons = EnumSet.of(Reason.TWO_FACTOR_ON);
        var least = least(wish, enrolled, policy, reasons);
        var candidates = enrolled.factors().stream()
                .map(factor -> candidate(factor, policy, least))
                .toList();
        if (candidates.stream().noneMatch(Candidate::available)) {
            reasons.add(Reason.NO_FACTOR_AVAILABLE);
        }
        return new Outcome.ToPass(least, candidates, rememberedDays(wish, enrolled, policy), reasons);
    }

    /** A computer is remembered for sign-ins alone, and where the person does not want to be asked each time (RULES G2). */
    private static int rememberedDays(Wish wish, Enrolled enrolled, Policy policy) {
        return wish.purpose() == Purpose.SIGN_IN && !enrolled.askEverySignIn() ? policy.daysOfUseRemembered() : 0;
    }

    /** What the caller asks for or the policy, whichever is more (RULES B4). */
    private static Level least(Wish wish, Enrolled enrolled, Policy policy, Set<Reason> reasons) {
        var byPolicy = policy.leastLevel().of(wish.purpose());
        if (wish.action() == Action.ADD_FACTOR && !enrolled.highest().atLeast(byPolicy)) {
            // Else nobody could get what the policy asks for. The change itself asks for its own level (RULES F2).
            reasons.add(Reason.LEVEL_OF_FACTORS);
            byPolicy = enrolled.highest();
        }
        if (wish.asked().atLeast(byPolicy)) {
            if (wish.asked() != byPolicy) {
                reasons.add(Reason.LEVEL_ASKED);
            }
            return wish.asked();
        }
        if (byPolicy != LeastLevels.DEFAULT.of(wish.purpose())) {
            reasons.add(Reason.LEVEL_OF_POLICY);
        }
        return byPolicy;
    }

    /** Without material where the factor is shown but cannot be used. */
    private Candidate candidate(Enrolled.Factor enrolled, Policy policy, Level least) {
        var type = enrolled.type();
        var factor = factors.of(type);
        byte[] secret;
        try {
            secret = box.open(enrolled.secret(), FactorSecret.place(enrolled.id()));
        } catch (UndecryptableException e) {
            LOG.errorf("The secret of the factor %s cannot be read: %s", enrolled.id(), e.getMessage());
            return Candidate.unavailable(enrolled, null, Obstacle.UNREADABLE);
        }
        var destination = factor.destination(secret).map(Destination::masked).orElse(null);
        if (enrolled.locked()) {
            return Candidate.unavailable(enrolled, destination, Obstacle.LOCKED);
        }
        if (!policy.allows(type)) {
            return Candidate.unavailable(enrolled, destination, Obstacle.NOT_ALLOWED);
        }
        if (!type.level().atLeast(least)) {
            return Candidate.unavailable(enrolled, destination, Obstacle.BELOW_LEVEL);
        }
        var material = factor.material(new Stored(secret, enrolled.spentCodes()), policy);
        if (material == null) {
            boolean usedUp = factor.codesLeft(enrolled.spentCodes()).equals(OptionalInt.of(0));
            return Candidate.unavailable(enrolled, destination, usedUp ? Obstacle.USED_UP : Obstacle.NOT_ALLOWED);
        }
        return Candidate.available(enrolled, destination, material);
    }
}
