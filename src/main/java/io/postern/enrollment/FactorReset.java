package io.postern.enrollment;

import io.postern.event.About;
import io.postern.event.Errand;
import io.postern.event.SecurityEvent;
import io.postern.message.Notice;
import io.postern.notice.Notices;
import io.postern.reversal.Freezes;
import io.postern.subject.Subjects;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;

/** Takes all factors of a person away without a proof of theirs (RULES F4): on the errand of somebody who may. */
@Singleton
public class FactorReset {

    private final Subjects subjects;
    private final EnrolledFactor.Repository repository;
    private final Freezes freezes;
    private final Addresses addresses;
    private final Notices notices;
    private final Event<SecurityEvent> events;

    FactorReset(
            Subjects subjects,
            EnrolledFactor.Repository repository,
            Freezes freezes,
            Addresses addresses,
            Notices notices,
            Event<SecurityEvent> events) {
        this.subjects = subjects;
        this.repository = repository;
        this.freezes = freezes;
        this.addresses = addresses;
        this.notices = notices;
        this.events = events;
    }

    /**
     * For good: also what is pending, suspended, or kept for a removal to be disowned, and a freeze. Open challenges are void
     * (RULES F3), and the person's addresses are told where two-factor was on, without a link: whoever reads a mailbox
     * brings nothing back that way.
     *
     * @throws io.postern.problem.Problem {@code not_found}
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void reset(String application, String externalId, String client, Errand errand) {
        freezes.lift(application, externalId, Freezes.Finding.SOMEBODY_ELSES, client, errand);
        var subject = subjects.lock(application, externalId);
        var wasOn = repository.isOn(subject);
        var told = addresses.of(subject);
        repository.rows(subject.id()).forEach(repository::delete);
        subjects.raiseVersion(subject);
        if (wasOn) {
            events.fire(new SecurityEvent.TwoFactorDisabled(
                    About.subject(application, subject.id(), client).by(errand)));
            notices.tell(subject, told, new Notice.TwoFactorDisabled(), null);
        }
    }
}
