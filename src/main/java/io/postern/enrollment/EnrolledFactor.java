package io.postern.enrollment;

import io.postern.crypto.Sealed;
import io.postern.crypto.SecretBox;
import io.postern.factor.FactorSecret;
import io.postern.factor.FactorType;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code factor}. What verifications count and advance is written by their own statement and only read here, which
 * is why an update names no more columns than it changes.
 */
@Entity
@Table(name = "factor")
@DynamicUpdate
@SuppressWarnings("NullAway.Init")
class EnrolledFactor {

    static final String PENDING = "pending";
    static final String ACTIVE = "active";
    private static final String RECOVERY = FactorType.RECOVERY_CODE.id();

    @Id
    UUID id;

    long subjectId;
    String type;
    String label;
    String status;
    boolean defaultFactor;
    String keyId;
    byte[] secret;

    byte @Nullable [] destination;

    boolean confirmEmail;
    int tries;

    long lastStep;
    long spentCodes;
    int failures;

    @Nullable
    Instant lockedAt;

    @Nullable
    Instant expiresAt;

    Instant createdAt;

    @Nullable
    Instant activatedAt;

    @Nullable
    Instant confirmedAt;

    @Nullable
    Instant lastUsedAt;

    FactorType type() {
        return FactorType.of(type);
    }

    boolean isActive() {
        return ACTIVE.equals(status);
    }

    Sealed sealed() {
        return new Sealed(keyId, secret);
    }

    void seal(byte[] opened, SecretBox box) {
        var sealed = box.seal(opened, FactorSecret.place(id));
        keyId = sealed.keyId();
        secret = sealed.bytes();
    }

    @ApplicationScoped
    static class Repository implements PanacheRepositoryBase<EnrolledFactor, UUID> {

        /** The subject's factors but its recovery codes, the default first, then the oldest. */
        List<EnrolledFactor> of(long subject) {
            return list("subjectId = ?1 and type <> ?2 order by defaultFactor desc, createdAt, id", subject, RECOVERY);
        }

        /** One of {@link #of(long)}. */
        @Nullable
        EnrolledFactor of(long subject, UUID id) {
            return find("subjectId = ?1 and id = ?2 and type <> ?3", subject, id, RECOVERY)
                    .firstResult();
        }

        Optional<EnrolledFactor> recoveryCodes(long subject) {
            return find("subjectId = ?1 and type = ?2", subject, RECOVERY).firstResultOptional();
        }
    }
}
