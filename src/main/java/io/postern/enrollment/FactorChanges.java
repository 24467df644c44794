package io.postern.enrollment;

import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.message.Notice;
import io.postern.notice.Notices;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
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
    private final Notices notices;
    private final Event<SecurityEvent> events;

    FactorChanges(
            Subjects subjects,
            EnrolledFactor.Repository repository,
            ChangeProofs proofs,
            RecoveryCodes recoveryCodes,
            FactorViews views,
            Addresses addresses,
            Notices notices,
            Event<SecurityEvent> events) {
        this.subjects = subjects;
        this.repository = repository;
        this.proofs = proofs;
        this.recoveryCodes = recoveryCodes;
        this.views = views;
        this.addresses = addresses;
        this.notices = notices;
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
            repository.delete(row);
            return;
        }
        proofs.spend(change, subject, Action.REMOVE_FACTOR, row.type().level());
        var told = addresses.of(subject);
        repository.delete(row);
        repository.flush();
        deletePending(subject);
        subjects.raiseVersion(subject);
        events.fire(new SecurityEvent.FactorRemoved(about(change, subject, row)));
        var next = repository.of(subject.id()).stream().findFirst();
        if (next.isEmpty()) {
            recoveryCodes.drop(subject); // RULES C3
            disabled(change, subject, told);
            return;
        }
        notices.tell(subject, told, new Notice.FactorRemoved(row.type(), row.label), null);
        if (row.defaultFactor) {
            next.get().defaultFactor = true;
        }
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
            notices.tell(subject, addresses.of(subject), new Notice.FactorUnlocked(row.type(), row.label), null);
        }
        return views.of(row);
    }

    /** Turns two-factor off: every factor goes. Does nothing where it is off. */
    @Transactional
    void disable(Change change) {
        var subject = subjects.lock(change.application(), change.subject());
        var rows = repository.of(subject.id());
        proofs.spendHighest(change, subject, Action.DISABLE);
        var wasOn = rows.stream().anyMatch(EnrolledFactor::isActive);
        var told = addresses.of(subject);
        rows.forEach(repository::delete);
        recoveryCodes.drop(subject);
        if (wasOn) {
            subjects.raiseVersion(subject);
            disabled(change, subject, told);
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

    private void disabled(Change change, SubjectRecord subject, Set<String> told) {
        events.fire(new SecurityEvent.TwoFactorDisabled(
                About.subject(change.application(), subject.id(), change.client())));
        notices.tell(subject, told, new Notice.TwoFactorDisabled(), null);
    }

    private EnrolledFactor require(SubjectRecord subject, UUID id) {
        var row = repository.of(subject.id(), id);
        if (row == null) {
            throw Problem.of(ProblemCode.NOT_FOUND);
        }
        return row;
    }

    private static void requireActive(EnrolledFactor row) {
        if (!row.isActive()) {
            throw Problem.of(ProblemCode.FACTOR_NOT_ACTIVE);
        }
    }

    private static About about(Change change, SubjectRecord subject, EnrolledFactor row) {
        return About.factor(change.application(), subject.id(), row.id, row.type(), change.client());
    }
}
