package io.postern.enrollment;

import io.postern.audit.SubjectTrail;
import io.postern.device.HeldDevices;
import io.postern.event.About;
import io.postern.event.Errand;
import io.postern.event.SecurityEvent;
import io.postern.factor.Destination;
import io.postern.factor.Factors;
import io.postern.problem.Problem;
import io.postern.reversal.ChangeLog;
import io.postern.subject.Preferences;
import io.postern.subject.SubjectRecord;
import io.postern.subject.Subjects;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;

/** Gathers all that is held of a person. Who asked for it, and why, is audited with it. */
@Singleton
class SubjectExports {

    private final Subjects subjects;
    private final EnrolledFactor.Repository repository;
    private final Factors kinds;
    private final FactorViews views;
    private final HeldDevices devices;
    private final FormerAddresses former;
    private final AwaitedCodes awaited;
    private final ChangeLog changes;
    private final SubjectTrail trail;
    private final Event<SecurityEvent> events;
    private final Clock clock;

    SubjectExports(
            Subjects subjects,
            EnrolledFactor.Repository repository,
            Factors kinds,
            FactorViews views,
            HeldDevices devices,
            FormerAddresses former,
            AwaitedCodes awaited,
            ChangeLog changes,
            SubjectTrail trail,
            Event<SecurityEvent> events,
            Clock clock) {
        this.subjects = subjects;
        this.repository = repository;
        this.kinds = kinds;
        this.views = views;
        this.devices = devices;
        this.former = former;
        this.awaited = awaited;
        this.changes = changes;
        this.trail = trail;
        this.events = events;
        this.clock = clock;
    }

    /** @throws Problem {@code not_found} */
    @Transactional
    SubjectExport of(Change change, Errand errand) {
        var subject = subjects.require(change.application(), change.subject());
        events.fire(new SecurityEvent.SubjectExported(About.subject(change.application(), subject.id(), change.client())
                .by(errand)));
        return new SubjectExport(
                subject.externalId(),
                clock.instant(),
                registration(subject),
                new Preferences(subject.askEverySignIn()),
                repository.isOn(subject) ? "on" : "off",
                repository.rows(subject.id()).stream().map(this::held).toList(),
                devices.of(subject.id()),
                former.of(subject.id()),
                changes.held(subject),
                awaited.awaited(subject.id()),
                trail.of(change.application(), subject.id()));
    }

    private SubjectExport.Registered registration(SubjectRecord subject) {
        var times = subjects.times(subject);
        return new SubjectExport.Registered(
                subject.email(),
                subject.displayName(),
                subject.locale(),
                subject.frozenSince(),
                times.created(),
                times.updated());
    }

    private SubjectExport.HeldFactor held(EnrolledFactor row) {
        var left = kinds.of(row.type()).codesLeft(row.spentCodes);
        return new SubjectExport.HeldFactor(
                views.of(row),
                views.destination(row).map(Destination::value).orElse(null),
                row.activatedAt,
                row.confirmedAt,
                left.isPresent() ? left.getAsInt() : null,
                row.failures);
    }
}
