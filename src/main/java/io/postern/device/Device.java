package io.postern.device;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A row of {@code remembered_device} as it is listed. Tokens have statements of their own and are not read here. */
@Entity
@Table(name = "remembered_device")
@DynamicUpdate
@SuppressWarnings("NullAway.Init")
class Device {

    @Id
    UUID id;

    long subjectId;
    long subjectVersion;
    String name;

    @Nullable
    String ip;

    Instant provenAt;
    Instant createdAt;
    Instant lastUsedAt;
    Instant expiresAt;

    @ApplicationScoped
    static class Repository implements PanacheRepositoryBase<Device, UUID> {

        /** Those of the subject and its version, the one used last first. */
        List<Device> of(long subject, long version) {
            return list("subjectId = ?1 and subjectVersion = ?2 order by lastUsedAt desc, id", subject, version);
        }
    }
}
