package io.postern.enrollment;

import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.message.Notice;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.reversal.ChangeLog;
import io.postern.reversal.NotedChange;
import io.postern.subject.SubjectRecord;
import io.postern.subject.Subjects;
import io.postern.token.Action;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Changes of factors that are there, each under the subject's row lock and with its proof (RULES F1 to F3). */
@Singleton
class FactorChanges {

    private final Subjects subjects;
    private final EnrolledFactor.Repository repository;
    private final ChangeProofs proofs;
    private final RecoveryCodes recoveryCodes;
    private final FactorViews views;
    private final Addresses addresses;
    private final ChangeLog changeLog;
    private final Event<SecurityEvent> events;

    FactorChanges(
            Subjects subjects,
            EnrolledFactor.Repository repository,
            ChangeProofs proofs,
            RecoveryCodes recoveryCodes,
            FactorViews views,
            Addresses addresses,
            ChangeLog changeLog,
            Event<SecurityEvent> events) {
        this.subjects = subjects;
        this.repository = repository;
        this.proofs = proofs;
        this.recoveryCodes = recoveryCodes;
        this.views = views;
        this.addresses = addresses;
        this.changeLog = changeLog;
        this.events = events;
    }

    @Transactional
    List<FactorView> list(String application, String externalId) {
        var subject = subjects.require(application, externalId);
        return views.of(repository.of(subject.id()));
    }

    @Transactional
    FactorView get(String application, String externalId, UUID id) {
        var subject = subjects.require(application, externalId);
        return views.of(require(subject, id));
    }

    /** Renames, or makes the default. Needs no proof: neither helps an attacker nor weakens anything. */
    @Transactional
    FactorView change(Change change, UUID id, FactorChange wanted) {
        var subject = subjects.lock(change.application(), change.subject());
        var row = require(subject, id);
        if (wanted.label() != null) {
            row.label = wanted.label();
        }
        if (wanted.defaultFactor() != null) {
            requireActive(row);
            makeDefault(subject, row);
        }
        return views.of(row);
    }

    /** Removes a factor. Removing the last one turns two-factor off; a pending one goes without a proof. */
    @Transactional
    void remove(Change change, UUID id) {
        var subject = subjects.lock(change.application(), change.subject());
        var row = require(subject, id);
        if (!row.isActive()) {
            requireOrdinary(change);
            repository.delete(row);
            return;
        }
        proofs.spend(change, subject, Action.REMOVE_FACTOR, row.type().level());
        var held = addresses.held(subject);
        var next = repository.of(subject.id()).stream()
                .filter(other -> other.isActive() && !other.id.equals(id))
                .findFirst();
        var turnsOff = next.isEmpty()
                && subject.frozenSince() == null
                && repository.standing(subject.id()).size() == 1;
        var noted = changeLog.note(
                subject,
                turnsOff ? new Notice.TwoFactorDisabled() : new Notice.FactorRemoved(row.type(), row.label),
                row.id);
        var wasDefault = row.defaultFactor;
        repository.remove(row, noted);
        deletePending(subject);
        subjects.raiseVersion(subject);
        events.fire(new SecurityEvent.FactorRemoved(about(change, subject, row)));
        if (next.isEmpty()) {
            recoveryCodes.drop(noted); // RULES C3
        } else if (wasDefault) {
            next.get().defaultFactor = true;
        }
        tell(change, noted, held);
    }

    /** Takes the lock off a factor after a hundred failures (RULES D3). */
    @Transactional
    FactorView unlock(Change change, UUID id) {
        var subject = subjects.lock(change.application(), change.subject());
        var row = require(subject, id);
        requireActive(row);
        if (row.lockedAt != null) {
            proofs.spendUnlocking(change, subject, row);
            row.lockedAt = null;
            row.failures = 0;
            events.fire(new SecurityEvent.FactorUnlocked(about(change, subject, row)));
            var noted = changeLog.note(subject, new Notice.FactorUnlocked(row.type(), row.label), row.id);
            tell(change, noted, addresses.held(subject));
        }
        return views.of(row);
    }

    /**
     * Turns two-factor off: every factor goes. Does nothing where it is off.
     *
     * @throws Problem {@code frozen}, {@code verification_required}
     */
    @Transactional
    void disable(Change change) {
        var subject = subjects.lock(change.application(), change.subject());
        proofs.spendHighest(change, subject, Action.DISABLE);
        takeAll(change, subject);
    }

    /**
     * Turns two-factor off for the help desk (RULES F4). Open challenges, devices and codes of the help desk go too, and what
     * was suspended does not come back. In a freeze it stays on, and nobody gets in until the freeze is lifted (RULES F5).
     */
    @Transactional
    void reset(Change change) {
        var subject = subjects.lock(change.application(), change.subject());
        takeAll(change, subject);
        repository.rows(subject.id()).stream()
                .filter(EnrolledFactor::isSuspended)
                .forEach(repository::delete);
        subjects.raiseVersion(subject);
        events.fire(new SecurityEvent.SubjectReset(
                change.by(About.subject(change.application(), subject.id(), change.client()))));
    }

    private void takeAll(Change change, SubjectRecord subject) {
        var standing = repository.standing(subject.id());
        var held = addresses.held(subject);
        deletePending(subject);
        if (!standing.isEmpty()) {
            var noted = changeLog.note(subject, new Notice.TwoFactorDisabled(), null);
            standing.forEach(row -> takeOut(row, noted));
            recoveryCodes.drop(noted);
            subjects.raiseVersion(subject);
            tell(change, noted, held);
        }
    }

    private void makeDefault(SubjectRecord subject, EnrolledFactor row) {
        repository.of(subject.id()).forEach(factor -> factor.defaultFactor = false);
        repository.flush(); // there is at most one default, at every moment
        row.defaultFactor = true;
    }

    private void deletePending(SubjectRecord subject) {
        repository.delete("subjectId = ?1 and status = ?2", subject.id(), EnrolledFactor.PENDING);
    }

    /** What was suspended is nobody's to bring back (RULES F5). */
    private void takeOut(EnrolledFactor row, NotedChange noted) {
        if (row.isSuspended()) {
            repository.delete(row);
        } else {
            repository.remove(row, noted);
        }
    }

    private void tell(Change change, NotedChange noted, Set<String> held) {
        if (noted.notice() instanceof Notice.TwoFactorDisabled) {
            events.fire(new SecurityEvent.TwoFactorDisabled(change.by(
                    About.subject(change.application(), noted.subject().id(), change.client()))));
        }
        changeLog.tell(noted, change.by(told(noted)), held, addresses.of(held, noted.subject()));
    }

    /** Whoever reads that two-factor is off expects to get in with the password, which a freeze allows nobody (RULES F5). */
    private static Notice told(NotedChange noted) {
        var off = noted.notice() instanceof Notice.TwoFactorDisabled;
        return off && noted.subject().frozenSince() != null ? new Notice.AllFactorsRemoved() : noted.notice();
    }

    private EnrolledFactor require(SubjectRecord subject, UUID id) {
        var row = repository.of(subject.id(), id);
        if (row == null) {
            throw Problem.of(ProblemCode.NOT_FOUND);
        }
        return row;
    }

    /** A pending factor ends by itself, and goes without a trace; what the help desk does leaves one. */
    private static void requireOrdinary(Change change) {
        if (change.isOfHelpDesk()) {
            throw Problem.of(ProblemCode.FACTOR_NOT_ACTIVE);
        }
    }

    private static void requireActive(EnrolledFactor row) {
        if (!row.isActive()) {
            throw Problem.of(ProblemCode.FACTOR_NOT_ACTIVE);
        }
    }

    private static About about(Change change, SubjectRecord subject, EnrolledFactor row) {
        return change.by(About.factor(change.application(), subject.id(), row.id, row.type(), change.client()));
    }
}
