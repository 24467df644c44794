package io.postern.challenge;

import io.postern.application.Applications;
import io.postern.code.CodeHolder;
import io.postern.code.CodeOrder;
import io.postern.code.CodeSender;
import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.factor.Destination;
import io.postern.factor.Factors;
import io.postern.message.Occasion;
import io.postern.policy.Policies;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Sends the codes of challenges, to factors of theirs whose codes are sent. */
@Singleton
class CodeSending {

    private final ChallengeStore store;
    private final ClaimProblems problems;
    private final SendQuery query;
    private final Applications applications;
    private final Policies policies;
    private final Factors factors;
    private final CodeSender sender;
    private final Event<SecurityEvent> events;

    CodeSending(
            ChallengeStore store,
            ClaimProblems problems,
            SendQuery query,
            Applications applications,
            Policies policies,
            Factors factors,
            CodeSender sender,
            Event<SecurityEvent> events) {
        this.store = store;
        this.problems = problems;
        this.query = query;
        this.applications = applications;
        this.policies = policies;
        this.factors = factors;
        this.sender = sender;
        this.events = events;
    }

    /**
     * Sends a code. While the subject is delayed none is sent, because it could not be used.
     *
     * @throws Problem {@code not_found}, {@code challenge_closed}, {@code factor_unavailable} also for a factor whose codes are
     *     not sent, {@code too_many_attempts}, and what {@link CodeSender#send} throws
     */
    SentView send(String application, String client, ChallengeId id, SendRequest wanted) {
        problems.requireSubject(application, id, wanted.subject());
        var claim = store.look(id, application, wanted.factor());
        var state = problems.granted(claim, application, client).state();
        var candidate = state.candidate(wanted.factor()).orElseThrow(() -> Problem.of(ProblemCode.FACTOR_UNAVAILABLE));
        var context = query.find(application, state, candidate.id()).orElseThrow(() -> {
            applications.requireActive(application);
            return Problem.of(ProblemCode.CHALLENGE_CLOSED);
        });
        var destination = destination(candidate);
        var order = new CodeOrder(
                application,
                context.applicationName(),
                policies.stored(application, context.policy()),
                id.slot(),
                candidate.id(),
                destination,
                true,
                state.action() == null ? new Occasion.SignIn() : new Occasion.StepUp(state.action()),
                context.locale(),
                state.ip());
        var sent = sender.send(order, new Holder(store, id, state, candidate));
        events.fire(new SecurityEvent.CodeSent(
                new About(application, state.subjectId(), candidate.id(), candidate.type(), id.number(), client)));
        return new SentView(destination.masked(), sent);
    }

    private Destination destination(Candidate candidate) {
        var material = candidate.material();
        if (material == null) {
            throw Problem.of(ProblemCode.FACTOR_UNAVAILABLE);
        }
        return factors.of(candidate.type())
                .destination(material)
                .orElseThrow(() -> Problem.of(ProblemCode.FACTOR_UNAVAILABLE));
    }

    private record Holder(ChallengeStore store, ChallengeId challenge, ChallengeState state, Candidate candidate)
            implements CodeHolder {

        @Override
        public String id() {
            return challenge.toString();
        }

        @Override
        public String key() {
            return challenge.key();
        }

        @Override
        public Instant end() {
            return state.end();
        }

        @Override
        public boolean put(String digest, Instant end, Instant next, Instant queuedAt) {
            return store.putCode(challenge, candidate.publicId(), digest, end, next, queuedAt);
        }
    }
}
