package io.postern.enrollment;

import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.factor.FactorType;
import io.postern.factor.Level;
import io.postern.reversal.Trust;
import io.postern.subject.SubjectRecord;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Takes changes of factors back (RULES F5). */
@Singleton
class FactorReversal implements Trust {

    private final EnrolledFactor.Repository repository;
    private final Addresses addresses;
    private final FormerAddresses former;
    private final Event<SecurityEvent> events;
    private final Clock clock;

    FactorReversal(
            EnrolledFactor.Repository repository,
            Addresses addresses,
            FormerAddresses former,
            Event<SecurityEvent> events,
            Clock clock) {
        this.repository = repository;
        this.addresses = addresses;
        this.former = former;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional(TxType.MANDATORY)
    public Set<String> addresses(SubjectRecord subject) {
        return addresses.of(subject);
    }

    @Override
    @Transactional(TxType.MANDATORY)
    public void takeBack(SubjectRecord subject, long change, Set<UUID> unlocked) {
        var rows = repository.rows(subject.id());
        var wasOn = repository.isOn(subject);
        for (var row : rows) {
            if (row.isActive() && row.addedBy >= change) {
                row.suspend();
                events.fire(new SecurityEvent.FactorSuspended(about(subject, row)));
            } else if (!row.isActive() && !row.isSuspended() && (!row.isRemoved() || row.addedBy >= change)) {
                repository.delete(row); // pending, or come and gone since
            } else if (row.isActive() && unlocked.contains(row.id) && row.lockedAt == null) {
                row.lockedAt = clock.instant();
            }
        }
        repository.flush(); // what is restored takes its place among the active ones
        rows.stream()
                .filter(row ->
                        row.isRemoved() && row.addedBy < change && row.removedBy != null && row.removedBy >= change)
                .forEach(row -> restore(subject, row, wasOn));
        repository.flush();
        chooseDefault(subject);
    }

    /** Whoever acts has shown that they read a mailbox. That must not let them in where it did not a moment ago. */
    private void restore(SubjectRecord subject, EnrolledFactor row, boolean wasOn) {
        var usable = !wasOn || row.type().level().atLeast(Level.SECOND_FACTOR);
        row.bringBack(usable);
        var about = about(subject, row);
        events.fire(usable ? new SecurityEvent.FactorRestored(about) : new SecurityEvent.FactorSuspended(about));
    }

    @Override
    @Transactional(TxType.MANDATORY)
    public void forgetReplaced(SubjectRecord subject, Instant since) {
        former.takeBack(subject, since);
    }

    @Override
    @Transactional(TxType.MANDATORY)
    public void reinstate(SubjectRecord subject) {
        var rows = repository.rows(subject.id());
        for (var row : suspended(rows)) {
            if (rows.stream().anyMatch(other -> other.isActive() && isInPlaceOf(other, row))) {
                repository.delete(row);
            } else {
                row.status = EnrolledFactor.ACTIVE;
                events.fire(new SecurityEvent.FactorRestored(about(subject, row)));
            }
        }
        repository.flush();
        chooseDefault(subject);
    }

    @Override
    @Transactional(TxType.MANDATORY)
    public void discard(SubjectRecord subject) {
        var rows = repository.rows(subject.id());
        if (rows.stream().anyMatch(row -> row.isActive() && !row.type().isFallback())) {
            suspended(rows).forEach(row -> {
                repository.delete(row);
                events.fire(new SecurityEvent.FactorRemoved(about(subject, row)));
            });
        }
    }

    private void chooseDefault(SubjectRecord subject) {
        var active = repository.of(subject.id()).stream()
                .filter(EnrolledFactor::isActive)
                .toList();
        if (!active.isEmpty() && active.stream().noneMatch(row -> row.defaultFactor)) {
            active.getFirst().defaultFactor = true;
        }
    }

    private static List<EnrolledFactor> suspended(List<EnrolledFactor> rows) {
        return rows.stream().filter(EnrolledFactor::isSuspended).toList();
    }

    /** A subject has one set of recovery codes, and an address or number once. */
    private static boolean isInPlaceOf(EnrolledFactor active, EnrolledFactor row) {
        return active.type() == row.type()
                && (row.type() == FactorType.RECOVERY_CODE
                        || (row.destination != null && Arrays.equals(active.destination, row.destination)));
    }

    private static About about(SubjectRecord subject, EnrolledFactor row) {
        return About.person(subject.application(), subject.id(), row.id, row.type());
    }
}
