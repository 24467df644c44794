package io.postern.enrollment;

import io.postern.device.Forgetting;
import io.postern.event.About;
import io.postern.event.SecurityEvent;
import io.postern.factor.Destination;
import io.postern.factor.FactorType;
import io.postern.factor.Factors;
import io.postern.message.Notice;
import io.postern.problem.Problem;
import io.postern.reversal.ChangeLog;
import io.postern.reversal.NotedChange;
import io.postern.subject.Preferences;
import io.postern.subject.Registration;
import io.postern.subject.SubjectRecord;
import io.postern.subject.Subjects;
import io.postern.token.Action;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Registers subjects and reads their state. */
@Singleton
class SubjectRegistrations {

    private final Subjects subjects;
    private final EnrolledFactor.Repository factors;
    private final ChangeProofs proofs;
    private final RecoveryCodes recoveryCodes;
    private final FactorViews views;
    private final Factors kinds;
    private final Addresses addresses;
    private final FormerAddresses former;
    private final ChangeLog changeLog;
    private final Forgetting devices;
    private final Event<SecurityEvent> events;

    SubjectRegistrations(
            Subjects subjects,
            EnrolledFactor.Repository factors,
            ChangeProofs proofs,
            RecoveryCodes recoveryCodes,
            FactorViews views,
            Factors kinds,
            Addresses addresses,
            FormerAddresses former,
            ChangeLog changeLog,
            Forgetting devices,
            Event<SecurityEvent> events) {
        this.subjects = subjects;
        this.factors = factors;
        this.proofs = proofs;
        this.recoveryCodes = recoveryCodes;
        this.views = views;
        this.kinds = kinds;
        this.addresses = addresses;
        this.former = former;
        this.changeLog = changeLog;
        this.devices = devices;
        this.events = events;
    }

    record Registered(boolean created, SubjectState state) {}

    /**
     * Creates or updates a subject, never its factors. With two-factor on, another mail address needs a proof; the one before
     * hears of changes for 30 days (RULES F1, F6).
     *
     * @throws Problem {@code frozen}, {@code verification_required}, {@code subject_erased}
     */
    @Transactional
    Registered register(Change change, Registration registration) {
        var created = subjects.create(change.application(), change.subject());
        var subject = subjects.lock(change.application(), change.subject());
        if (registration.changesEmail(subject)) {
            proofs.spendHighest(change, subject, Action.CHANGE_EMAIL);
            var email = Objects.requireNonNull(registration.email(), "it is another");
            if (!created) {
                tell(changeLog.note(subject, new Notice.EmailReplaced(masked(email)), null), email);
            }
            if (subject.email() != null) {
                former.replace(subject, subject.email(), email);
                events.fire(new SecurityEvent.EmailChanged(
                        About.subject(change.application(), subject.id(), change.client())));
            }
        }
        return new Registered(created, state(subjects.update(subject, registration)));
    }

    /** RULES F5: the new address learns the old one, masked, and all others the new one. Nobody is told of a first one. */
    private void tell(NotedChange change, String email) {
        var subject = change.subject();
        var old = subject.email();
        if (old == null || !factors.isOn(subject)) {
            return;
        }
        var before = addresses.held(subject);
        var others = new HashSet<>(addresses.of(subject));
        others.remove(email);
        changeLog.tell(change, before, others);
        changeLog.tell(change, new Notice.EmailSet(Optional.of(masked(old))), before, Set.of(email));
    }

    private String masked(String address) {
        return kinds.of(FactorType.EMAIL)
                .destination(address.getBytes(StandardCharsets.UTF_8))
                .map(Destination::masked)
                .orElseThrow();
    }

    /**
     * Stores what the person chose. It weakens nothing that the policy demands, and needs no proof. Who wants to be asked at
     * every sign-in is asked at the next one, on every computer (RULES G2).
     */
    @Transactional
    Preferences prefer(String application, String client, String externalId, Preferences preferences) {
        var subject = subjects.lock(application, externalId);
        subjects.prefer(subject, preferences);
        if (preferences.askEverySignIn()) {
            devices.all(application, subject.id(), client);
        }
        return preferences;
    }

    /** @throws Problem {@code not_found} */
    @Transactional
    SubjectState state(String application, String externalId) {
        return state(subjects.require(application, externalId));
    }

    private SubjectState state(SubjectRecord subject) {
        var rows = factors.of(subject.id());
        return SubjectState.of(subject, factors.isOn(subject), views.of(rows), recoveryCodes.state(subject));
    }
}
