package io.postern.challenge;

import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.subject.SlotTags;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** What a caller is told when a factor may not be used in a challenge. */
@Singleton
class ClaimProblems {

    private final SlotTags slots;
    private final Event<SecurityEvent> events;

    ClaimProblems(SlotTags slots, Event<SecurityEvent> events) {
        this.slots = slots;
        this.events = events;
    }

    /**
     * RULES B4: the id carries the subject's tag, so this costs no look at a store.
     *
     * @throws Problem {@code not_found} when a subject is given and the challenge is another's
     */
    void requireSubject(String application, ChallengeId id, @Nullable String subject) {
        if (subject != null && !slots.of(application, subject).equals(id.slot())) {
            throw Problem.of(ProblemCode.NOT_FOUND);
        }
    }

    /**
     * The claim, if it was granted.
     *
     * @throws Problem {@code not_found}, {@code factor_unavailable}, {@code challenge_closed}, {@code too_many_attempts}
     */
    ChallengeStore.Claim.Granted granted(ChallengeStore.Claim claim, String application, String client) {
        var about = new About(application, null, null, null, null, client);
        return switch (claim) {
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
}
