package io.postern.enrollment;

import io.postern.crypto.Sealed;
import io.postern.crypto.SecretBox;
import io.postern.factor.FactorSecret;
import io.postern.factor.FactorType;
import io.postern.reversal.NotedChange;
import io.postern.subject.SubjectRecord;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
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

    /** Nobody can use it, for a change was disowned (RULES F5); two-factor is on by it (RULES B2). */
    static final String SUSPENDED = "suspended";

    /** Kept sealed for the time in which its removal can be disowned (RULES F5), and otherwise not there. */
    static final String REMOVED = "removed";

    private static final String RECOVERY = FactorType.RECOVERY_CODE.id();
    private static final List<String> FALLBACKS = Arrays.stream(FactorType.values())
            .filter(FactorType::isFallback)
            .map(FactorType::id)
            .toList();
    private static final List<String> SHOWN = List.of(PENDING, ACTIVE);

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

    long addedBy;

    @Nullable
    Long removedBy;

    @Nullable
    Instant removedAt;

    FactorType type() {
        return FactorType.of(type);
    }

    boolean isActive() {
        return ACTIVE.equals(status);
    }

    boolean isSuspended() {
        return SUSPENDED.equals(status);
    }

    boolean isRemoved() {
        return REMOVED.equals(status);
    }

    void suspend() {
        status = SUSPENDED;
        defaultFactor = false;
    }

    /** Makes it what it was before it was removed, or keeps it from use. */
    void bringBack(boolean usable) {
        status = usable ? ACTIVE : SUSPENDED;
        removedBy = null;
        removedAt = null;
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

        /** The subject's pending and active factors but its fallbacks, the default first, then the oldest. */
        List<EnrolledFactor> of(long subject) {
            return list(
                    "subjectId = ?1 and type not in ?2 and status in ?3 order by defaultFactor desc, createdAt, id",
                    subject,
                    FALLBACKS,
                    SHOWN);
        }

        /** One of {@link #of(long)}. */
        @Nullable
        EnrolledFactor of(long subject, UUID id) {
            return find("subjectId = ?1 and id = ?2 and type not in ?3 and status in ?4", subject, id, FALLBACKS, SHOWN)
                    .firstResult();
        }

        Optional<EnrolledFactor> recoveryCodes(long subject) {
            return find("subjectId = ?1 and type = ?2 and status = ?3", subject, RECOVERY, ACTIVE)
                    .firstResultOptional();
        }

        /** All rows of the subject, recovery codes and what is removed among them, the oldest first. */
        List<EnrolledFactor> rows(long subject) {
            return list("subjectId = ?1 order by createdAt, id", subject);
        }

        /** What two-factor is on by, usable or not: active and suspended ones, but no fallbacks (RULES B2). */
        List<EnrolledFactor> standing(long subject) {
            return list(
                    "subjectId = ?1 and type not in ?2 and status in ?3",
                    subject,
                    FALLBACKS,
                    List.of(ACTIVE, SUSPENDED));
        }

        /** Whether two-factor is on. It stays so in a freeze, whatever is removed (RULES F5). */
        boolean isOn(SubjectRecord subject) {
            return subject.frozenSince() != null || !standing(subject.id()).isEmpty();
        }

        /** Removes an active factor; it is kept to be restored, but in a freeze, when what is revoked stays so. */
        void remove(EnrolledFactor row, NotedChange change) {
            if (change.subject().frozenSince() != null) {
                delete(row);
            } else {
                row.status = REMOVED;
                row.defaultFactor = false;
                row.removedBy = change.number();
                row.removedAt = change.at();
            }
            flush(); // what is unique among active ones may have a successor
        }
    }
}
