package io.postern.enrollment;

import io.postern.event.About;
import io.postern.event.Errand;
import io.postern.event.SecurityEvent;
import io.postern.message.Notice;
import io.postern.notice.Notices;
import io.postern.subject.Subjects;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;

/** Takes all factors of a person away without a proof of theirs (RULES F4): on the errand of somebody who may. */
@Singleton
public class FactorReset {

    private final Subjects subjects;
    private final EnrolledFactor.Repository repository;
    private final RecoveryCodes recoveryCodes;
    private final Addresses addresses;
    private final Notices notices;
    private final Event<SecurityEvent> events;

    FactorReset(
            Subjects subjects,
            EnrolledFactor.Repository repository,
            RecoveryCodes recoveryCodes,
            Addresses addresses,
            Notices notices,
            Event<SecurityEvent> events) {
        this.subjects = subjects;
        this.repository = repository;
        this.recoveryCodes = recoveryCodes;
        this.addresses = addresses;
        this.notices = notices;
        this.events = events;
    }

    /**
     * Pending factors and recovery codes go too, open challenges are void (RULES F3), and the person's addresses are told
     * (RULES F5) where two-factor was on.
     *
     * @throws io.postern.problem.Problem {@code not_found}
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void reset(String application, String externalId, String client, Errand errand) {
        var subject = subjects.lock(application, externalId);
        var rows = repository.of(subject.id());
        var told = addresses.of(subject);
        rows.forEach(repository::delete);
        recoveryCodes.drop(subject);
        subjects.raiseVersion(subject);
        if (rows.stream().anyMatch(EnrolledFactor::isActive)) {
            events.fire(new SecurityEvent.TwoFactorDisabled(
                    About.subject(application, subject.id(), client).by(errand)));
            notices.tell(subject, told, new Notice.TwoFactorDisabled(), null);
        }
    }
}
