package io.postern.enrollment;

import io.postern.application.Applications;
import io.postern.crypto.KeyedHash;
import io.postern.crypto.SecretBox;
import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.factor.Draft;
import io.postern.factor.Enrollee;
import io.postern.factor.FactorType;
import io.postern.factor.Factors;
import io.postern.factor.Verdict;
import io.postern.message.Notice;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.reversal.ChangeLog;
import io.postern.subject.SubjectRecord;
import io.postern.subject.Subjects;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** From a pending factor to an active one (RULES F3). */
@Singleton
class Enrollment {

    private static final Duration PENDING_LIFE = Duration.ofMinutes(15);
    private static final int MOST_PENDING = 3;
    private static final int MOST_ACTIVE = 10;

    private final Applications applications;
    private final Subjects subjects;
    private final EnrolledFactor.Repository repository;
    private final Factors factors;
    private final SecretBox box;
    private final KeyedHash hash;
    private final ChangeProofs proofs;
    private final RecoveryCodes recoveryCodes;
    private final FactorViews views;
    private final Addresses addresses;
    private final ChangeLog changeLog;
    private final Event<SecurityEvent> events;
    private final Clock clock;

    Enrollment(
            Applications applications,
            Subjects subjects,
            EnrolledFactor.Repository repository,
            Factors factors,
            SecretBox box,
            KeyedHash hash,
            ChangeProofs proofs,
            RecoveryCodes recoveryCodes,
            FactorViews views,
            Addresses addresses,
            ChangeLog changeLog,
            Event<SecurityEvent> events,
            Clock clock) {
        this.applications = applications;
        this.subjects = subjects;
        this.repository = repository;
        this.factors = factors;
        this.box = box;
        this.hash = hash;
        this.proofs = proofs;
        this.recoveryCodes = recoveryCodes;
        this.views = views;
        this.addresses = addresses;
        this.changeLog = changeLog;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Begins an enrollment: stores a pending factor that counts for nothing until its first code.
     *
     * @throws Problem {@code not_found}, {@code frozen}, {@code factor_not_allowed}, {@code verification_required},
     *     {@code too_many_factors}, {@code factor_exists}, or that the destination is none
     */
    @Transactional
    PendingFactor begin(Change change, NewFactor wanted) {
        var application = applications.requireActive(change.application());
        var type = wanted.type();
        if (!application.policy().allowedFactors().contains(type)) {
            throw Problem.of(ProblemCode.FACTOR_NOT_ALLOWED);
        }
        var subject = subjects.lock(change.application(), change.subject());
        proofs.judgeAddition(change, subject, type.level());
        requireRoom(subject, type);
        var enrollee = new Enrollee(application.name(), account(subject), wanted.destination());
        var draft = factors.of(type).begin(enrollee, application.policy());
        var row = pending(subject, wanted);
        row.seal(draft.secret(), box);
        factors.of(type).destination(draft.secret()).ifPresent(destination -> {
            row.destination =
                    hash.of("destination", type.id(), destination.value().toLowerCase(Locale.ROOT));
            requireNew(subject, row);
        });
        row.confirmEmail = application.policy().confirmEmailFirst()
                && subject.email() != null
                && !subject.email().equalsIgnoreCase(wanted.address())
                && !repository.isOn(subject);
        repository.persist(row);
        events.fire(new SecurityEvent.EnrollmentBegun(about(change, subject, row)));
        return new PendingFactor(views.of(row), draft.setup(), null, null, row.confirmEmail);
    }

    /**
     * Activates a pending factor whose first code was right, and ends the subject's other pending ones. The first factor of a
     * subject brings recovery codes.
     *
     * @param newCodes for the first factor
     * @throws Problem {@code factor_closed}, {@code frozen}, {@code factor_exists}, {@code verification_required}, {@code
     *     invalid_code} when a try has spent the code's step since
     */
    @Transactional
    ActivatedFactor activate(Change change, UUID id, Verdict.Match match, Optional<Draft> newCodes) {
        var subject = subjects.lock(change.application(), change.subject());
        var all = repository.of(subject.id());
        var row = all.stream()
                .filter(factor -> factor.id.equals(id) && !factor.isActive())
                .findFirst()
                .orElseThrow(() -> Problem.of(ProblemCode.FACTOR_CLOSED));
        requireUnspent(row, match);
        proofs.spendAddition(change, subject, row.type().level());
        requireNew(subject, row);
        var before = addresses.held(subject);
        all.stream().filter(other -> !other.id.equals(id) && !other.isActive()).forEach(repository::delete);
        var isFirst = all.stream().noneMatch(EnrolledFactor::isActive);
        var noted = changeLog.note(subject, new Notice.FactorAdded(row.type(), row.label), row.id);
        row.addedBy = noted.number();
        row.status = EnrolledFactor.ACTIVE;
        row.expiresAt = null;
        row.activatedAt = clock.instant();
        row.lastStep = match.step();
        row.defaultFactor = isFirst;
        subjects.raiseVersion(subject);
        events.fire(new SecurityEvent.FactorActivated(about(change, subject, row)));
        changeLog.tell(noted, before, addresses.of(before, subject));
        var codes = newCodes.filter(drawn -> isFirst).map(drawn -> recoveryCodes.replace(noted, drawn));
        return new ActivatedFactor(views.of(row), codes.orElse(null));
    }

    /** A try before may have spent the step, and those before it, without activating anything (RULES C1). */
    private static void requireUnspent(EnrolledFactor row, Verdict.Match match) {
        if (match.step() != Verdict.NO_STEP && match.step() <= row.lastStep) {
            throw FirstCode.refusal(row.tries);
        }
    }

    /** The same address or number twice would be one destination with two counts. */
    private void requireNew(SubjectRecord subject, EnrolledFactor row) {
        var known = repository.of(subject.id()).stream()
                .anyMatch(other -> other.isActive()
                        && other.type() == row.type()
                        && row.destination != null
                        && Arrays.equals(other.destination, row.destination));
        if (known) {
            throw Problem.of(ProblemCode.FACTOR_EXISTS);
        }
    }

    private void requireRoom(SubjectRecord subject, FactorType type) {
        var now = clock.instant();
        var rows = repository.of(subject.id());
        var pending = rows.stream()
                .filter(factor -> factor.expiresAt != null && factor.expiresAt.isAfter(now))
                .count();
        var active = rows.stream()
                .filter(factor -> factor.isActive() && factor.type() == type)
                .count();
        if (pending >= MOST_PENDING || active >= MOST_ACTIVE) {
            throw Problem.of(ProblemCode.TOO_MANY_FACTORS);
        }
    }

    private EnrolledFactor pending(SubjectRecord subject, NewFactor wanted) {
        var row = new EnrolledFactor();
        row.id = UUID.randomUUID();
        row.subjectId = subject.id();
        row.type = wanted.type().id();
        row.label = wanted.labelOrDefault();
        row.status = EnrolledFactor.PENDING;
        row.lastStep = -1;
        row.createdAt = clock.instant();
        row.expiresAt = row.createdAt.plus(PENDING_LIFE);
        return row;
    }

    private static String account(SubjectRecord subject) {
        return subject.email() == null ? subject.externalId() : subject.email();
    }

    private static About about(Change change, SubjectRecord subject, EnrolledFactor row) {
        return About.factor(change.application(), subject.id(), row.id, row.type(), change.client());
    }
}
