package io.postern.enrollment;

import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.factor.FactorType;
import io.postern.message.Notice;
import io.postern.notice.Notices;
import io.postern.subject.Subjects;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;

/**
 * Tells people what sign-ins came to: that somebody tries codes (RULES D3), that a recovery code was used (RULES F2). Best
 * effort, for the decision stands already.
 */
@Singleton
class DecisionNotices {

    private static final Logger LOG = Logger.getLogger(DecisionNotices.class);

    /** When a person is told to make new recovery codes. */
    private static final int FEW = 3;

    private final Subjects subjects;
    private final EnrolledFactor.Repository repository;
    private final Addresses addresses;
    private final Notices notices;

    DecisionNotices(Subjects subjects, EnrolledFactor.Repository repository, Addresses addresses, Notices notices) {
        this.subjects = subjects;
        this.repository = repository;
        this.addresses = addresses;
        this.notices = notices;
    }

    void on(@Observes SecurityEvent.FactorLocked event) {
        attempt(() -> tellOfFactor(event.about(), Notice.FactorLocked::new));
    }

    void on(@Observes SecurityEvent.FailuresRepeated event) {
        attempt(() -> tellOfFactor(event.about(), Notice.FailuresRepeated::new));
    }

    void on(@Observes SecurityEvent.RecoveryCodeUsed event) {
        var left = event.left();
        attempt(() -> tell(
                event.about(), left <= FEW ? new Notice.RecoveryCodesLow(left) : new Notice.RecoveryCodeUsed(left)));
    }

    @Transactional
    void tellOfFactor(About about, BiFunction<FactorType, String, Notice> notice) {
        var row = repository.findById(about.factor());
        if (row != null) {
            tell(about, notice.apply(row.type(), row.label));
        }
    }

    @Transactional
    void tell(About about, Notice notice) {
        Optional.ofNullable(about.subject())
                .flatMap(subjects::find)
                .ifPresent(subject -> notices.tell(subject, addresses.of(subject), notice, null));
    }

    private static void attempt(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException failure) {
            LOG.warnf(
                    "A person could not be told of a decision: %s",
                    failure.getClass().getSimpleName());
        }
    }
}
