package io.postern.device;

import io.postern.application.Applications;
import io.postern.event.About;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.subject.Subjects;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A person's remembered computers: those that would be let in now. */
@Singleton
public class DeviceList {

    private final Subjects subjects;
    private final Applications applications;
    private final Device.Repository repository;
    private final Forgetting forgetting;
    private final Clock clock;

    DeviceList(
            Subjects subjects,
            Applications applications,
            Device.Repository repository,
            Forgetting forgetting,
            Clock clock) {
        this.subjects = subjects;
        this.applications = applications;
        this.repository = repository;
        this.forgetting = forgetting;
        this.clock = clock;
    }

    /** The one used last first. */
    @Transactional
    public List<DeviceView> of(String application, String externalId) {
        var subject = subjects.require(application, externalId);
        var days = days(application);
        var now = clock.instant();
        return repository.of(subject.id(), subject.version()).stream()
                .map(device -> DeviceView.of(device, end(device, days)))
                .filter(device -> device.rememberedUntil().isAfter(now))
                .toList();
    }

    /** @throws Problem {@code not_found} */
    @Transactional
    public DeviceView rename(String application, String externalId, UUID id, String name) {
        var subject = subjects.require(application, externalId);
        var device = repository.findById(id);
        if (device == null || device.subjectId != subject.id()) {
            throw Problem.of(ProblemCode.NOT_FOUND);
        }
        device.name = name;
        return DeviceView.of(device, end(device, days(application)));
    }

    /** @throws Problem {@code not_found} */
    @Transactional
    void forget(String application, String client, String externalId, UUID id) {
        long subject = subjects.require(application, externalId).id();
        forgetting.one(About.subject(application, subject, client), subject, id);
    }

    @Transactional
    void forgetAll(String application, String client, String externalId) {
        forgetting.all(application, subjects.require(application, externalId).id(), client);
    }

    private Duration days(String application) {
        return Duration.ofDays(applications.requireActive(application).policy().daysOfUseRemembered());
    }

    /** A policy that has become stricter holds for computers that are remembered already. */
    private static Instant end(Device device, Duration days) {
        var end = device.provenAt.plus(days);
        return end.isBefore(device.expiresAt) ? end : device.expiresAt;
    }
}
