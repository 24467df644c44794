package io.postern.reversal;

import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.message.Notice;
import io.postern.notice.Notices;
import io.postern.problem.Problem;
import io.postern.subject.SubjectRecord;
import io.postern.subject.Subjects;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.HashSet;
import java.util.Optional;

/**
 * Takes back a change that a person disowns, and all that came after it (RULES F5): whoever made a change that was not the
 * person's may have made the others too.
 */
@Singleton
class Disowning {

    private final Links links;
    private final Changes changes;
    private final Trust trust;
    private final Subjects subjects;
    private final Notices notices;
    private final Event<SecurityEvent> events;
    private final Clock clock;

    Disowning(
            Links links,
            Changes changes,
            Trust trust,
            Subjects subjects,
            Notices notices,
            Event<SecurityEvent> events,
            Clock clock) {
        this.links = links;
        this.changes = changes;
        this.trust = trust;
        this.subjects = subjects;
        this.notices = notices;
        this.events = events;
        this.clock = clock;
    }

    /** Does nothing but look. */
    @Transactional
    Optional<LinkedChange> look(String token) {
        return links.find(token);
    }

    /**
     * Acts once for a change, whichever of its links is used, and however often.
     *
     * @throws Problem {@code application_suspended}, {@code store_unavailable}
     */
    @Transactional
    Optional<LinkedChange> act(String token) {
        return links.find(token).map(change -> {
            var subject = subjects.lock(change.application(), change.subject());
            if (changes.disown(change.number(), clock.instant())) {
                takeBack(subject, change);
            }
            return change.done();
        });
    }

    private void takeBack(SubjectRecord subject, LinkedChange change) {
        long number = change.number();
        var told = new HashSet<>(trust.addresses(subject));
        events.fire(new SecurityEvent.ChangeDisowned(About.person(subject.application(), subject.id())));
        trust.takeBack(subject, number, changes.unlockedSince(subject, number));
        changes.emailBefore(subject, number).ifPresent(former -> {
            subjects.restoreEmail(subject, former.address());
            trust.forgetReplaced(subject, change.at());
        });
        if (subject.frozenSince() == null) {
            subjects.freeze(subject);
            events.fire(new SecurityEvent.SubjectFrozen(About.person(subject.application(), subject.id())));
        }
        subjects.raiseVersion(subject);
        var after = subjects.require(subject.application(), subject.externalId());
        told.addAll(trust.addresses(after));
        notices.tell(after, told, new Notice.ChangeDisowned(), null);
    }
}
