package io.postern.support;

import io.postern.audit.SubjectTrail;
import io.postern.device.DeviceList;
import io.postern.device.DeviceView;
import io.postern.device.Forgetting;
import io.postern.enrollment.FactorCare;
import io.postern.event.About;
import io.postern.event.Errand;
import io.postern.event.SecurityEvent;
import io.postern.message.Notice;
import io.postern.notice.AddressBook;
import io.postern.notice.Notices;
import io.postern.problem.Problem;
import io.postern.reversal.Freezes;
import io.postern.sending.SendLimits;
import io.postern.subject.SlotTags;
import io.postern.subject.Subjects;
import io.postern.throttle.Failures;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shows the help desk how things stand with a person, renames and forgets their computers, and lifts a freeze. */
@Singleton
class HelpDesk {

    private static final int LATEST = 20;

    private final Subjects subjects;
    private final FactorCare care;
    private final DeviceList devices;
    private final Forgetting forgetting;
    private final Freezes freezes;
    private final BypassCodes codes;
    private final SubjectTrail trail;
    private final Failures failures;
    private final SendLimits limits;
    private final SlotTags slots;
    private final AddressBook addresses;
    private final Notices notices;
    private final Event<SecurityEvent> events;

    HelpDesk(
            Subjects subjects,
            FactorCare care,
            DeviceList devices,
            Forgetting forgetting,
            Freezes freezes,
            BypassCodes codes,
            SubjectTrail trail,
            Failures failures,
            SendLimits limits,
            SlotTags slots,
            AddressBook addresses,
            Notices notices,
            Event<SecurityEvent> events) {
        this.subjects = subjects;
        this.care = care;
        this.devices = devices;
        this.forgetting = forgetting;
        this.freezes = freezes;
        this.codes = codes;
        this.trail = trail;
        this.failures = failures;
        this.limits = limits;
        this.slots = slots;
        this.addresses = addresses;
        this.notices = notices;
        this.events = events;
    }

    /** @throws Problem {@code not_found} */
    LookUp lookUp(String application, String client, String externalId, Errand errand) {
        var stored = stored(application, client, externalId, errand);
        var slot = slots.of(application, externalId);
        return stored.with(known(() -> failures.delayedUntil(slot).orElse(null)), known(() -> limits.left(slot)));
    }

    /** What Postgres has; that it was shown is audited with it, after what is shown. */
    @Transactional
    LookUp stored(String application, String client, String externalId, Errand errand) {
        var standing = care.standing(application, externalId);
        var subject = standing.record();
        var shown = LookUp.of(
                standing,
                devices.of(application, externalId),
                codes.standing(subject).orElse(null),
                trail.latest(application, subject.id(), LATEST));
        events.fire(new SecurityEvent.SubjectLookedUp(
                About.subject(application, subject.id(), client).by(errand)));
        return shown;
    }

    /**
     * Forgets all computers of a person and tells them so. Where there are none, it is audited as a look.
     *
     * @throws Problem {@code not_found}
     */
    @Transactional
    void forgetDevices(String application, String client, String externalId, Errand errand) {
        var subject = subjects.lock(application, externalId);
        var about = About.subject(application, subject.id(), client).by(errand);
        if (forgetting.all(about, subject.id()) == 0) {
            events.fire(new SecurityEvent.SubjectLookedUp(about));
            return;
        }
        var notice = new Notice.ByHelpDesk(new Notice.DevicesForgotten());
        notices.tell(subject, addresses.of(subject), notice, null);
    }

    /**
     * Forgets one computer of a person and tells them so.
     *
     * @throws Problem {@code not_found}
     */
    @Transactional
    void forgetDevice(String application, String client, String externalId, UUID device, Errand errand) {
        var subject = subjects.lock(application, externalId);
        var about = About.subject(application, subject.id(), client).by(errand);
        var forgotten = new Notice.DeviceForgotten(forgetting.one(about, subject.id(), device));
        notices.tell(subject, addresses.of(subject), new Notice.ByHelpDesk(forgotten), null);
    }

    /**
     * Gives one computer of a person another name, which tells them nothing that they do not see in their profile.
     *
     * @throws Problem {@code not_found}
     */
    @Transactional
    DeviceView renameDevice(
            String application, String client, String externalId, UUID device, String name, Errand errand) {
        var subject = subjects.lock(application, externalId);
        var renamed = devices.rename(application, externalId, device, name);
        events.fire(new SecurityEvent.DeviceRenamed(
                About.subject(application, subject.id(), client).by(errand), device));
        return renamed;
    }

    /**
     * Lifts a freeze (RULES F5). Where there is none, it is audited as a look.
     *
     * @throws Problem {@code not_found}
     */
    @Transactional
    void liftFreeze(String application, String client, String externalId, Freezes.Finding finding, Errand errand) {
        var subject = subjects.lock(application, externalId);
        if (!freezes.lift(application, externalId, finding, client, errand)) {
            events.fire(new SecurityEvent.SubjectLookedUp(
                    About.subject(application, subject.id(), client).by(errand)));
        }
    }

    /** The help desk sees the rest while Redis is away. */
    private static <T extends @Nullable Object> @Nullable T known(Supplier<T> inRedis) {
        try {
            return inRedis.get();
        } catch (Problem outage) {
            return null;
        }
    }
}
