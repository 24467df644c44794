package io.postern.challenge;

import io.postern.application.Applications;
import io.postern.crypto.SecretBox;
import io.postern.crypto.UndecryptableException;
import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.factor.Destination;
import io.postern.factor.FactorSecret;
import io.postern.factor.Factors;
import io.postern.factor.Level;
import io.postern.factor.Stored;
import io.postern.policy.Enforcement;
import io.postern.policy.Policies;
import io.postern.policy.Policy;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.subject.SlotTags;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Makes challenges: one statement and one script (RULES B6). */
@Singleton
class ChallengeCreation {

    private static final Logger LOG = Logger.getLogger(ChallengeCreation.class);

    private final EnrolledQuery query;
    private final ChallengeStore store;
    private final Applications applications;
    private final Policies policies;
    private final Factors factors;
    private final SecretBox box;
    private final SlotTags slots;
    private final Event<SecurityEvent> events;
    private final Clock clock;
    private final SecureRandom random;

    ChallengeCreation(
            EnrolledQuery query,
            ChallengeStore store,
            Applications applications,
            Policies policies,
            Factors factors,
            SecretBox box,
            SlotTags slots,
            Event<SecurityEvent> events,
            Clock clock,
            SecureRandom random) {
        this.query = query;
        this.store = store;
        this.applications = applications;
        this.policies = policies;
        this.factors = factors;
        this.box = box;
        this.slots = slots;
        this.events = events;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Makes a challenge where two-factor is on: by what is stored, not by what is usable now (RULES B2).
     *
     * @throws Problem {@code not_found} for an unknown subject (RULES B3), {@code application_suspended}
     */
    ChallengeView create(String application, String client, NewChallenge wanted) {
        var enrolled = query.find(application, wanted.subject()).orElseThrow(() -> {
            applications.requireActive(application);
            return Problem.of(ProblemCode.NOT_FOUND);
        });
        var policy = policies.parse(enrolled.policy());
        if (!enrolled.isOn()) {
            return ChallengeView.nothingToPass(
                    policy.enforcement() == Enforcement.REQUIRED
                            ? ChallengeView.Status.ENROLLMENT_REQUIRED
                            : ChallengeView.Status.NOT_ENROLLED);
        }
        if (enrolled.isBlocked()) {
            return ChallengeView.nothingToPass(ChallengeView.Status.BLOCKED);
        }
        var id = ChallengeId.make(slots.of(application, wanted.subject()), random);
        var state = state(wanted, enrolled, policy);
        store.create(id, application, state, policy.attempts(), policy.challengeLife());
        events.fire(new SecurityEvent.ChallengeCreated(About.subject(application, enrolled.subjectId(), client)));
        return ChallengeView.pending(id, state, policy.attempts());
    }

    private ChallengeState state(NewChallenge wanted, Enrolled enrolled, Policy policy) {
        var candidates = enrolled.factors().stream()
                .map(factor -> candidate(factor, policy, wanted.leastLevel()))
                .toList();
        return new ChallengeState(
                wanted.subject(),
                enrolled.subjectId(),
                enrolled.version(),
                wanted.purpose(),
                wanted.action(),
                wanted.nonce(),
                wanted.ip(),
                wanted.userAgent(),
                clock.instant().plus(policy.challengeLife()),
                candidates);
    }

    /** Without material where the factor is shown but cannot be used. */
    private Candidate candidate(Enrolled.Factor enrolled, Policy policy, Level least) {
        var type = enrolled.type();
        var factor = factors.of(type);
        String destination = null;
        byte[] material = null;
        try {
            var secret = box.open(enrolled.secret(), FactorSecret.place(enrolled.id()));
            destination = factor.destination(secret).map(Destination::masked).orElse(null);
            if (!enrolled.locked()
                    && policy.allowedFactors().contains(type)
                    && type.level().atLeast(least)) {
                material = factor.material(new Stored(secret, enrolled.spentCodes()), policy);
            }
        } catch (UndecryptableException e) {
            LOG.errorf("The secret of the factor %s cannot be read: %s", enrolled.id(), e.getMessage());
        }
        return new Candidate(enrolled.id(), type, enrolled.label(), enrolled.defaultFactor(), destination, material);
    }
}
