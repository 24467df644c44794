package io.postern.enrollment;

import io.postern.application.Applications;
import io.postern.audit.PersonalTraces;
import io.postern.event.About;
import io.postern.event.Errand;
import io.postern.event.SecurityEvent;
import io.postern.message.Notice;
import io.postern.notice.Notices;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.store.Scripts;
import io.postern.subject.SlotTags;
import io.postern.subject.SubjectRecord;
import io.postern.subject.Subjects;
import io.postern.subject.Tombstones;
import io.postern.throttle.Failures;
import io.postern.throttle.Lane;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Erases a person: what is left are audit rows over a pseudonym that leads to nobody, and for 30 days a tombstone (RULES F6,
 * H5). A challenge or a pending factor that somebody is just using finds no factor any more and comes to nothing.
 */
@Singleton
class Erasure {

    private final Applications applications;
    private final Subjects subjects;
    private final Tombstones tombstones;
    private final EnrolledFactor.Repository factors;
    private final Addresses addresses;
    private final Notices notices;
    private final PersonalTraces traces;
    private final Event<SecurityEvent> events;
    private final Scripts scripts;
    private final SlotTags slots;

    Erasure(
            Applications applications,
            Subjects subjects,
            Tombstones tombstones,
            EnrolledFactor.Repository factors,
            Addresses addresses,
            Notices notices,
            PersonalTraces traces,
            Event<SecurityEvent> events,
            Scripts scripts,
            SlotTags slots) {
        this.applications = applications;
        this.subjects = subjects;
        this.tombstones = tombstones;
        this.factors = factors;
        this.addresses = addresses;
        this.notices = notices;
        this.traces = traces;
        this.events = events;
        this.scripts = scripts;
        this.slots = slots;
    }

    /** @throws Problem {@code not_found} */
    void erase(Change change, Errand errand) {
        var pending = eraseStored(change, errand);
        forget(slots.of(change.application(), change.subject()), pending);
    }

    /** All in one transaction; the ids of the factors that were pending. */
    @Transactional
    List<UUID> eraseStored(Change change, Errand errand) {
        var subject = subjects.lock(change.application(), change.subject());
        var pending = factors.of(subject.id()).stream()
                .filter(factor -> !factor.isActive())
                .map(factor -> factor.id)
                .toList();
        notices.tell(subject, addresses.of(subject), new Notice.SubjectErased(), null);
        subjects.erase(subject);
        // Afterwards: a sign-in that was under way has written its row by the time its factor could be deleted.
        traces.erase(change.application(), subject.id());
        events.fire(new SecurityEvent.SubjectErased(about(change, subject).by(errand)));
        return pending;
    }

    /**
     * Lets an erased id be registered again.
     *
     * @throws Problem {@code not_found} when no tombstone stands
     */
    @Transactional
    void readmit(Change change, Errand errand) {
        applications.requireActive(change.application());
        if (!tombstones.lift(change.application(), change.subject())) {
            throw Problem.of(ProblemCode.NOT_FOUND);
        }
        events.fire(new SecurityEvent.SubjectReadmitted(
                About.client(change.application(), change.client()).by(errand)));
    }

    private static About about(Change change, SubjectRecord subject) {
        return About.subject(change.application(), subject.id(), change.client());
    }

    /**
     * Best effort: what Redis holds of a subject is sealed or hashed, is of no use without the rows that are gone, and ends by
     * itself, challenges within 15 minutes and counts within a day.
     */
    private void forget(String slot, List<UUID> pending) {
        Stream.concat(
                        Stream.of(Failures.key(slot), Lane.key(slot), "postern:{" + slot + "}:sends"),
                        pending.stream().map(id -> PendingCodes.key(slot, id)))
                .forEach(key -> scripts.send("DEL", key));
    }
}
