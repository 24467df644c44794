package io.postern.enrollment;

import io.postern.event.About;
import io.postern.event.Errand;
import io.postern.event.SecurityEvent;
import io.postern.factor.Destination;
import io.postern.factor.FactorType;
import io.postern.factor.Factors;
import io.postern.input.OpaqueId;
import io.postern.problem.Problem;
import io.postern.subject.Preferences;
import io.postern.subject.SubjectRecord;
import io.postern.subject.Subjects;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the help desk sees of a person's factors and does to them, without a proof of the person's (RULES F4). It takes away
 * and unlocks; it adds nothing. Whoever calls has made sure of the scope and of who acts. Each call leaves a row in the audit
 * trail with actor and reason; one that found nothing to do is audited as a look, for it told how things stand.
 */
@Singleton
public class FactorCare {

    private final Subjects subjects;
    private final EnrolledFactor.Repository repository;
    private final RecoveryCodes recoveryCodes;
    private final FactorChanges changes;
    private final FactorViews views;
    private final Factors kinds;
    private final Event<SecurityEvent> events;

    FactorCare(
            Subjects subjects,
            EnrolledFactor.Repository repository,
            RecoveryCodes recoveryCodes,
            FactorChanges changes,
            FactorViews views,
            Factors kinds,
            Event<SecurityEvent> events) {
        this.subjects = subjects;
        this.repository = repository;
        this.recoveryCodes = recoveryCodes;
        this.changes = changes;
        this.views = views;
        this.kinds = kinds;
        this.events = events;
    }

    /** Reads, and audits nothing: that is for whoever shows it. */
    @Transactional(TxType.MANDATORY)
    public SubjectStanding standing(String application, String externalId) {
        var subject = subjects.require(application, externalId);
        var rows = Stream.concat(repository.of(subject.id()).stream(), suspended(subject).stream());
        var codes = recoveryCodes.state(subject);
        return new SubjectStanding(
                subject,
                masked(subject.email()),
                isOn(subject),
                rows.map(row -> FactorStanding.of(views.of(row), row)).toList(),
                new Preferences(subject.askEverySignIn()),
                codes.map(RecoveryCodes.State::left).orElse(null),
                codes.map(RecoveryCodes.State::confirmed).orElse(null));
    }

    /** Whether two-factor is on: by what is stored (RULES B2). */
    @Transactional(TxType.MANDATORY)
    public boolean isOn(SubjectRecord subject) {
        return repository.isOn(subject);
    }

    /** Takes everything away by which the person could pass a second step. @throws Problem {@code not_found} */
    @Transactional
    public void reset(String application, String client, String externalId, Errand errand) {
        changes.reset(Change.ofHelpDesk(application, client, externalId, errand));
    }

    /** @throws Problem {@code not_found}, {@code factor_not_active} */
    @Transactional
    public void remove(String application, String client, String externalId, String factor, Errand errand) {
        changes.remove(Change.ofHelpDesk(application, client, externalId, errand), OpaqueId.known(factor));
    }

    /**
     * Takes the lock off a factor (RULES D3).
     *
     * @throws Problem {@code not_found}, {@code factor_not_active}
     */
    @Transactional
    public void unlock(String application, String client, String externalId, String factor, Errand errand) {
        var subject = subjects.lock(application, externalId);
        var row = repository.of(subject.id(), OpaqueId.known(factor));
        if (row != null && row.lockedAt == null) {
            events.fire(new SecurityEvent.SubjectLookedUp(
                    About.factor(application, subject.id(), row.id, row.type(), client)
                            .by(errand)));
        }
        changes.unlock(Change.ofHelpDesk(application, client, externalId, errand), OpaqueId.known(factor));
    }

    private List<EnrolledFactor> suspended(SubjectRecord subject) {
        return repository.standing(subject.id()).stream()
                .filter(EnrolledFactor::isSuspended)
                .toList();
    }

    private @Nullable String masked(@Nullable String address) {
        return address == null
                ? null
                : kinds.of(FactorType.EMAIL)
                        .destination(address.getBytes(StandardCharsets.UTF_8))
                        .map(Destination::masked)
                        .orElseThrow();
    }
}
