package io.postern.device;

import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;

/** What is held of a person's remembered computers, for the person (RULES F6). */
@Singleton
public class HeldDevices {

    private final Device.Repository repository;

    HeldDevices(Device.Repository repository) {
        this.repository = repository;
    }

    /** All that there are rows of, also those that would not be known again. */
    @Transactional(TxType.MANDATORY)
    public List<DeviceView> of(long subject) {
        return repository.list("subjectId = ?1 order by createdAt, id", subject).stream()
                .map(device -> DeviceView.of(device, device.expiresAt))
                .toList();
    }
}
