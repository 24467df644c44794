package io.postern.enrollment;

import io.postern.application.Applications;
import io.postern.factor.Level;
import io.postern.problem.Problem;
import io.postern.reversal.Freezes;
import io.postern.subject.SubjectRecord;
import io.postern.token.Action;
import io.postern.token.Proofs;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which changes need a proof of which level (RULES F1, F2). While two-factor is off none does; a locked or unusable factor
 * still counts as on (RULES B2). The help desk removes and unlocks without one (RULES F4); it adds nothing.
 */
@Singleton
class ChangeProofs {

    private final Proofs proofs;
    private final EnrolledFactor.Repository factors;
    private final Applications applications;

    ChangeProofs(Proofs proofs, EnrolledFactor.Repository factors, Applications applications) {
        this.proofs = proofs;
        this.factors = factors;
        this.applications = applications;
    }

    /**
     * Judges the proof for adding a factor of a level: the lower of that level and the highest active one.
     *
     * @throws Problem {@code frozen}, {@code verification_required}
     */
    void judgeAddition(Change change, SubjectRecord subject, Level added) {
        Freezes.requireNone(subject);
        additionLevel(subject, added)
                .ifPresent(level -> proofs.judge(change.proof(), demand(subject, Action.ADD_FACTOR, level)));
    }

    /** Uses the proof for adding a factor, when it is activated (RULES F3). */
    void spendAddition(Change change, SubjectRecord subject, Level added) {
        Freezes.requireNone(subject);
        additionLevel(subject, added).ifPresent(level -> spend(change, subject, Action.ADD_FACTOR, level));
    }

    /**
     * Uses a proof of the highest active level; none is needed while two-factor is off.
     *
     * @throws Problem {@code frozen}, {@code verification_required}
     */
    void spendHighest(Change change, SubjectRecord subject, Action action) {
        Freezes.requireNone(subject);
        highest(subject).ifPresent(level -> spend(change, subject, action, level));
    }

    /** Judges a proof of the highest active level. */
    void judgeHighest(Change change, SubjectRecord subject, Action action) {
        Freezes.requireNone(subject);
        highest(subject).ifPresent(level -> proofs.judge(change.proof(), demand(subject, action, level)));
    }

    /** @throws Problem {@code verification_required} */
    void spend(Change change, SubjectRecord subject, Action action, Level level) {
        if (!change.isOfHelpDesk()) {
            proofs.spend(change.proof(), demand(subject, action, level));
        }
    }

    /** Uses the proof for unlocking a factor, which that factor itself cannot give, nor gave before it was locked (RULES D3). */
    void spendUnlocking(Change change, SubjectRecord subject, EnrolledFactor locked) {
        Freezes.requireNone(subject);
        if (!change.isOfHelpDesk()) {
            proofs.spend(
                    change.proof(),
                    demand(subject, Action.UNLOCK_FACTOR, locked.type().level(), locked.id));
        }
    }

    private Optional<Level> additionLevel(SubjectRecord subject, Level added) {
        return highest(subject).map(highest -> added.atLeast(highest) ? highest : added);
    }

    /** A suspended factor counts: what it took to change anything must not sink by a disowned change (RULES F5). */
    private Optional<Level> highest(SubjectRecord subject) {
        return factors.standing(subject.id()).stream()
                .map(factor -> factor.type().level())
                .max(Level::compareTo);
    }

    private Proofs.Demand demand(SubjectRecord subject, Action action, Level level) {
        return demand(subject, action, level, null);
    }

    private Proofs.Demand demand(SubjectRecord subject, Action action, Level level, @Nullable UUID unfit) {
        var maxAge = applications.requireActive(subject.application()).policy().proofAge();
        return new Proofs.Demand(
                subject.application(), subject.externalId(), subject.version(), action, level, maxAge, unfit);
    }
}
