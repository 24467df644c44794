package io.postern.support;

import io.postern.application.ApplicationState;
import io.postern.application.Applications;
import io.postern.crypto.SecretBox;
import io.postern.enrollment.FactorCare;
import io.postern.event.About;
import io.postern.event.Errand;
import io.postern.event.SecurityEvent;
import io.postern.factor.Enrollee;
import io.postern.factor.Factor;
import io.postern.factor.FactorSecret;
import io.postern.factor.FactorType;
import io.postern.factor.Factors;
import io.postern.message.Notice;
import io.postern.notice.AddressBook;
import io.postern.notice.Notices;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.reversal.Freezes;
import io.postern.subject.SubjectRecord;
import io.postern.subject.Subjects;
import io.postern.support.BypassCodeView.Standing;
import io.postern.support.BypassCodeView.Status;
import io.postern.token.Purpose;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/**
 * Codes that let a person in once who has nothing else at hand (RULES F4). A subject has one at most: another takes its
 * place. It is no second factor (RULES A1, A2), and ends with any change of factors. The person is told of it.
 */
@Singleton
class BypassCodes {

    private final Applications applications;
    private final Subjects subjects;
    private final FactorCare care;
    private final BypassStore store;
    private final Factor kind;
    private final SecretBox box;
    private final AddressBook addresses;
    private final Notices notices;
    private final Event<SecurityEvent> events;

    BypassCodes(
            Applications applications,
            Subjects subjects,
            FactorCare care,
            BypassStore store,
            Factors factors,
            SecretBox box,
            AddressBook addresses,
            Notices notices,
            Event<SecurityEvent> events) {
        this.applications = applications;
        this.subjects = subjects;
        this.care = care;
        this.store = store;
        this.kind = factors.of(FactorType.BYPASS_CODE);
        this.box = box;
        this.addresses = addresses;
        this.notices = notices;
        this.events = events;
    }

    /** Whose code somebody at the help desk wants, and through which client. */
    record Wanted(String application, String client, String subject, Errand errand) {}

    /**
     * Draws a code, or notes that one is wanted where the policy asks for somebody else's approval.
     *
     * @throws Problem {@code not_found}, {@code frozen}, {@code two_factor_off}, {@code factor_not_allowed} where the least level of a sign-in
     *     is above that of the code
     */
    @Transactional
    BypassCodeView order(Wanted wanted, int minutes) {
        var application = applications.requireActive(wanted.application());
        var subject = subjects.lock(wanted.application(), wanted.subject());
        requireUse(application, subject);
        store.clear(subject);
        if (!application.policy().bypassNeedsApproval()) {
            return draw(wanted, application, subject, minutes);
        }
        var id = UUID.randomUUID();
        var end = store.ask(subject, id, new BypassStore.Request(wanted.errand().actor(), minutes));
        events.fire(new SecurityEvent.BypassCodeRequested(about(wanted, subject, id)));
        return new BypassCodeView(new Standing(id, Status.AWAITING_APPROVAL, end), null);
    }

    /**
     * Draws a code that somebody else has asked for.
     *
     * @throws Problem {@code not_found} also when the request is over, {@code own_request}, and those of {@link #order}
     */
    @Transactional
    BypassCodeView approve(Wanted wanted, UUID id) {
        var application = applications.requireActive(wanted.application());
        var subject = subjects.lock(wanted.application(), wanted.subject());
        var request = store.request(subject, id).orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND));
        if (request.actor().equals(wanted.errand().actor())) {
            throw Problem.of(ProblemCode.OWN_REQUEST);
        }
        requireUse(application, subject);
        store.clear(subject);
        return draw(wanted, application, subject, request.minutes());
    }

    /**
     * What a repeated call gives again: a request, never a code (RULES H3).
     *
     * @throws Problem {@code already_done}
     */
    @Transactional
    BypassCodeView again(Wanted wanted, String id) {
        var subject = subjects.require(wanted.application(), wanted.subject());
        return standing(subject)
                .filter(standing ->
                        standing.id().toString().equals(id) && standing.status() == Status.AWAITING_APPROVAL)
                .map(standing -> new BypassCodeView(standing, null))
                .orElseThrow(() -> Problem.of(ProblemCode.ALREADY_DONE));
    }

    /** The code that is good now, or awaits its approval. */
    @Transactional
    Optional<Standing> standing(SubjectRecord subject) {
        return store.standing(subject);
    }

    private BypassCodeView draw(Wanted wanted, ApplicationState application, SubjectRecord subject, int minutes) {
        var draft = kind.begin(new Enrollee(application.name(), subject.externalId(), null), application.policy());
        var id = UUID.randomUUID();
        var end = store.put(subject, id, box.seal(draft.secret(), FactorSecret.place(id)), minutes);
        events.fire(new SecurityEvent.BypassCodeMade(about(wanted, subject, id), minutes));
        notices.tell(subject, addresses.of(subject), new Notice.BypassCodeMade(), null);
        return new BypassCodeView(new Standing(id, Status.LIVE, end), draft.setup());
    }

    private void requireUse(ApplicationState application, SubjectRecord subject) {
        Freezes.requireNone(subject);
        if (!care.isOn(subject)) {
            throw Problem.of(ProblemCode.TWO_FACTOR_OFF);
        }
        var least = application.policy().leastLevel().of(Purpose.SIGN_IN);
        if (!FactorType.BYPASS_CODE.level().atLeast(least)) {
            throw Problem.of(ProblemCode.FACTOR_NOT_ALLOWED);
        }
    }

    private static About about(Wanted wanted, SubjectRecord subject, UUID id) {
        return About.factor(wanted.application(), subject.id(), id, FactorType.BYPASS_CODE, wanted.client())
                .by(wanted.errand());
    }
}
