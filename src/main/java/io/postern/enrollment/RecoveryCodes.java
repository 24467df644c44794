package io.postern.enrollment;

import io.postern.application.Applications;
import io.postern.crypto.SecretBox;
import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.factor.Answer;
import io.postern.factor.Draft;
import io.postern.factor.Enrollee;
import io.postern.factor.Factor;
import io.postern.factor.FactorSecret;
import io.postern.factor.FactorType;
import io.postern.factor.Factors;
import io.postern.factor.Setup;
import io.postern.factor.Verdict;
import io.postern.message.Notice;
import io.postern.policy.Policy;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.reversal.ChangeLog;
import io.postern.reversal.NotedChange;
import io.postern.subject.SlotTags;
import io.postern.subject.SubjectRecord;
import io.postern.subject.Subjects;
import io.postern.throttle.Lane;
import io.postern.token.Action;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** A subject's recovery codes: drawn, confirmed by typing one, replaced (RULES C3). */
@Singleton
class RecoveryCodes {

    private final Applications applications;
    private final Subjects subjects;
    private final EnrolledFactor.Repository repository;
    private final ChangeProofs proofs;
    private final Factor codes;
    private final SecretBox box;
    private final Lane lane;
    private final SlotTags slots;
    private final Addresses addresses;
    private final ChangeLog changeLog;
    private final Event<SecurityEvent> events;
    private final Clock clock;

    RecoveryCodes(
            Applications applications,
            Subjects subjects,
            EnrolledFactor.Repository repository,
            ChangeProofs proofs,
            Factors factors,
            SecretBox box,
            Lane lane,
            SlotTags slots,
            Addresses addresses,
            ChangeLog changeLog,
            Event<SecurityEvent> events,
            Clock clock) {
        this.applications = applications;
        this.subjects = subjects;
        this.repository = repository;
        this.proofs = proofs;
        this.codes = factors.of(FactorType.RECOVERY_CODE);
        this.box = box;
        this.lane = lane;
        this.slots = slots;
        this.addresses = addresses;
        this.changeLog = changeLog;
        this.events = events;
        this.clock = clock;
    }

    /** How many are left, and whether the person showed that they kept them. */
    record State(int left, boolean confirmed) {}

    /** Empty while the subject has none. */
    Optional<State> state(SubjectRecord subject) {
        return repository
                .recoveryCodes(subject.id())
                .map(row -> new State(codes.codesLeft(row.spentCodes).orElseThrow(), row.confirmedAt != null));
    }

    /** New codes for a subject without a factor; outside of a transaction, because they take a moment to make. */
    Optional<Draft> forFirstFactor(Change change) {
        return policyForFirst(change).map(this::draw);
    }

    /**
     * New codes instead of the old ones.
     *
     * @throws Problem {@code frozen}, {@code verification_required}, {@code factor_not_active} while two-factor is off
     */
    Setup renew(Change change) {
        return renew(change, draw(judgeRenewal(change)));
    }

    /**
     * Notes that the person has kept the codes, of which they typed one. It stays good.
     *
     * @throws Problem {@code invalid_code}, {@code too_many_attempts}, {@code not_found} when there are none
     */
    void confirm(Change change, String code) {
        var known = require(change);
        lane.enter(slots.of(change.application(), change.subject()));
        var answer = new Answer(box.open(known.sealed(), FactorSecret.place(known.id)), code.replace(" ", ""), false);
        if (codes.check(answer, clock.instant()) instanceof Verdict.Match match
                && (known.spentCodes & match.bit()) == 0) {
            noteConfirmed(change, known.id);
        } else {
            throw Problem.of(ProblemCode.INVALID_CODE);
        }
    }

    /** Stores new codes in the place of old ones, in the transaction of the change. */
    @Transactional(Transactional.TxType.MANDATORY)
    Setup replace(NotedChange change, Draft drawn) {
        drop(change);
        var row = new EnrolledFactor();
        row.id = UUID.randomUUID();
        row.subjectId = change.subject().id();
        row.addedBy = change.number();
        row.type = FactorType.RECOVERY_CODE.id();
        row.label = FactorType.RECOVERY_CODE.label();
        row.status = EnrolledFactor.ACTIVE;
        row.lastStep = Verdict.NO_STEP;
        row.createdAt = clock.instant();
        row.activatedAt = row.createdAt;
        row.seal(drawn.secret(), box);
        repository.persist(row);
        return Objects.requireNonNull(drawn.setup(), "recovery codes are shown");
    }

    /** They go with the last factor. */
    @Transactional(Transactional.TxType.MANDATORY)
    void drop(NotedChange change) {
        repository.recoveryCodes(change.subject().id()).ifPresent(row -> repository.remove(row, change));
    }

    @Transactional
    Optional<Policy> policyForFirst(Change change) {
        var policy = applications.requireActive(change.application()).policy();
        var subject = subjects.require(change.application(), change.subject());
        return Optional.of(policy)
                .filter(rules -> rules.allowedFactors().contains(FactorType.RECOVERY_CODE))
                .filter(rules -> repository.of(subject.id()).stream().noneMatch(EnrolledFactor::isActive));
    }

    @Transactional
    Policy judgeRenewal(Change change) {
        var policy = applications.requireActive(change.application()).policy();
        if (!policy.allowedFactors().contains(FactorType.RECOVERY_CODE)) {
            throw Problem.of(ProblemCode.FACTOR_NOT_ALLOWED);
        }
        var subject = subjects.require(change.application(), change.subject());
        requireOn(subject);
        proofs.judgeHighest(change, subject, Action.NEW_RECOVERY_CODES);
        return policy;
    }

    @Transactional
    Setup renew(Change change, Draft drawn) {
        var subject = subjects.lock(change.application(), change.subject());
        requireOn(subject);
        proofs.spendHighest(change, subject, Action.NEW_RECOVERY_CODES);
        var noted = changeLog.note(subject, new Notice.RecoveryCodesRenewed(), null);
        var setup = replace(noted, drawn);
        subjects.raiseVersion(subject);
        events.fire(new SecurityEvent.RecoveryCodesRenewed(
                About.subject(change.application(), subject.id(), change.client())));
        changeLog.tell(noted, addresses.held(subject), addresses.of(subject));
        return setup;
    }

    @Transactional
    EnrolledFactor require(Change change) {
        var subject = subjects.require(change.application(), change.subject());
        return repository.recoveryCodes(subject.id()).orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND));
    }

    @Transactional
    void noteConfirmed(Change change, UUID id) {
        var subject = subjects.lock(change.application(), change.subject());
        repository
                .recoveryCodes(subject.id())
                .filter(row -> row.id.equals(id) && row.confirmedAt == null)
                .ifPresent(row -> row.confirmedAt = clock.instant());
    }

    private void requireOn(SubjectRecord subject) {
        if (repository.of(subject.id()).stream().noneMatch(EnrolledFactor::isActive)) {
            throw Problem.of(ProblemCode.FACTOR_NOT_ACTIVE);
        }
    }

    private Draft draw(Policy policy) {
        return codes.begin(new Enrollee("", "", null), policy);
    }
}
