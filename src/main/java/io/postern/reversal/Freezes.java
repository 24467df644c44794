package io.postern.reversal;

import io.postern.event.About;
import io.postern.event.Errand;
import io.postern.event.SecurityEvent;
import io.postern.message.Notice;
import io.postern.notice.Notices;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.subject.SubjectRecord;
import io.postern.subject.Subjects;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;

/** A freeze, which follows a disowned change: nothing is added to the subject until the help desk lifts it (RULES F5). */
@Singleton
public class Freezes {

    private final Trust trust;
    private final Changes changes;
    private final Subjects subjects;
    private final Notices notices;
    private final Event<SecurityEvent> events;

    Freezes(Trust trust, Changes changes, Subjects subjects, Notices notices, Event<SecurityEvent> events) {
        this.trust = trust;
        this.changes = changes;
        this.subjects = subjects;
        this.notices = notices;
        this.events = events;
    }

    /** @throws Problem {@code frozen} */
    public static void requireNone(SubjectRecord subject) {
        if (subject.frozenSince() != null) {
            throw Problem.of(ProblemCode.FROZEN);
        }
    }

    /** What the help desk finds of the factors that a disowned change left suspended. */
    public enum Finding {
        /** They are the person's: somebody else used the link. */
        THE_PERSONS,
        /** They are not. */
        SOMEBODY_ELSES
    }

    /**
     * Lifts the freeze, and ends the links of all changes so far: whoever reads the mailbox cannot bring it back. It never
     * turns two-factor off; that is a reset.
     *
     * @param client the API client that called
     * @return false where there was no freeze, and nothing was done
     * @throws Problem {@code not_found}, {@code application_suspended}
     */
    @Transactional
    public boolean lift(String application, String externalId, Finding finding, String client, Errand errand) {
        var subject = subjects.lock(application, externalId);
        if (subject.frozenSince() == null) {
            return false;
        }
        switch (finding) {
            case THE_PERSONS -> trust.reinstate(subject);
            case SOMEBODY_ELSES -> trust.discard(subject);
        }
        changes.forget(subject);
        subjects.unfreeze(subject);
        subjects.raiseVersion(subject);
        events.fire(new SecurityEvent.SubjectUnfrozen(
                About.subject(application, subject.id(), client).by(errand)));
        notices.tell(subject, trust.addresses(subject), new Notice.FreezeLifted(), null);
        return true;
    }
}
