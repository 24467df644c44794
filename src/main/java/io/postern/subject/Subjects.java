package io.postern.subject;

import io.postern.application.Applications;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Registers and finds subjects, always within the caller's application. */
@Singleton
public class Subjects {

    private static final String BY_ID = "applicationId = ?1 and externalId = ?2";

    private final Subject.Repository repository;
    private final Applications applications;
    private final Tombstones tombstones;
    private final Clock clock;

    Subjects(Subject.Repository repository, Applications applications, Tombstones tombstones, Clock clock) {
        this.repository = repository;
        this.applications = applications;
        this.tombstones = tombstones;
        this.clock = clock;
    }

    /**
     * The subject.
     *
     * @throws Problem {@code not_found} when the application knows no such subject, {@code application_suspended}
     */
    @Transactional
    public SubjectRecord require(String application, String externalId) {
        applications.requireActive(application);
        return find(application, externalId).orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND));
    }

    @Transactional
    public Optional<SubjectRecord> find(String application, String externalId) {
        return repository
                .find(BY_ID, application, externalId)
                .firstResultOptional()
                .map(Subject::toRecord);
    }

    /** The subject of a number. */
    @Transactional
    public Optional<SubjectRecord> find(long number) {
        return repository.findByIdOptional(number).map(Subject::toRecord);
    }

    /**
     * {@link #require}, and holds the subject's row until the transaction ends, so that changes of factors come one after
     * another (RULES F3).
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public SubjectRecord lock(String application, String externalId) {
        applications.requireActive(application);
        return Optional.ofNullable(locked(application, externalId))
                .map(Subject::toRecord)
                .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND));
    }

    /** When a subject was registered, and when what is known of it last changed. */
    public record Times(Instant created, Instant updated) {}

    @Transactional(Transactional.TxType.MANDATORY)
    public Times times(SubjectRecord subject) {
        var row = repository.findById(subject.id());
        return new Times(row.createdAt, row.updatedAt);
    }

    /**
     * Creates the subject unless it is there. True when this call created it.
     *
     * @throws Problem {@code subject_erased} when the id was erased less than 30 days ago (RULES F6)
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean create(String application, String externalId) {
        applications.requireActive(application);
        boolean created = repository
                        .getEntityManager()
                        .createNativeQuery(
                                "insert into subject (application_id, external_id) values (?1, ?2) on conflict do nothing")
                        .setParameter(1, application)
                        .setParameter(2, externalId)
                        .executeUpdate()
                == 1;
        if (created) {
            tombstones.requireNone(application, externalId);
        }
        return created;
    }

    /**
     * Takes the subject away, with all rows that belong to it, and leaves its tombstone (RULES F6). Its row must be
     * {@link #lock locked}.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public void erase(SubjectRecord subject) {
        repository.delete(held(subject));
        repository.flush();
        tombstones.put(subject.application(), subject.externalId());
    }

    /** Stores what is given of the registration; writes nothing when nothing differs. */
    @Transactional(Transactional.TxType.MANDATORY)
    public SubjectRecord update(SubjectRecord subject, Registration registration) {
        var row = held(subject);
        var before = row.toRecord();
        row.email = or(registration.email(), row.email);
        row.displayName = or(registration.displayName(), row.displayName);
        row.locale = or(registration.locale(), row.locale);
        var after = row.toRecord();
        if (!after.equals(before)) {
            row.updatedAt = clock.instant();
        }
        return after;
    }

    /** Stores what the person chose. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void prefer(SubjectRecord subject, Preferences preferences) {
        held(subject).askEverySignIn = preferences.askEverySignIn();
    }

    /** Voids the open challenges and unused proofs of the subject (RULES F3). */
    @Transactional(Transactional.TxType.MANDATORY)
    public void raiseVersion(SubjectRecord subject) {
        held(subject).version++;
    }

    /** From now on nothing can be added to the subject (RULES F5). */
    @Transactional(Transactional.TxType.MANDATORY)
    public void freeze(SubjectRecord subject) {
        held(subject).frozenAt = clock.instant();
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public void unfreeze(SubjectRecord subject) {
        held(subject).frozenAt = null;
    }

    /** Brings back the mail address from before a change; null where there was none. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void restoreEmail(SubjectRecord subject, @Nullable String email) {
        held(subject).email = email;
    }

    private Subject held(SubjectRecord subject) {
        var row = locked(subject.application(), subject.externalId());
        if (row == null) {
            throw Problem.of(ProblemCode.NOT_FOUND);
        }
        return row;
    }

    private @Nullable Subject locked(String application, String externalId) {
        return repository
                .find(BY_ID, application, externalId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResult();
    }

    private static @Nullable String or(@Nullable String value, @Nullable String otherwise) {
        return value == null ? otherwise : value;
    }
}
