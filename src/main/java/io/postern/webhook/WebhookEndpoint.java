package io.postern.webhook;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A row of {@code webhook_endpoint}. How its calls go is written by statements of their own, hence the dynamic update. */
@Entity
@DynamicUpdate
@SuppressWarnings("NullAway.Init")
class WebhookEndpoint {

    /** Why one is off that was not switched off by itself. */
    static final String OPERATOR = "operator";

    @Id
    UUID id;

    String applicationId;
    String url;

    @Nullable
    String description;

    String[] events;
    boolean enabled;

    @Nullable
    String offReason;

    @Nullable
    Instant offAt;

    int failures;

    @Nullable
    Instant failingSince;

    @Nullable
    Instant nextTryAt;

    Instant createdAt;

    @Nullable
    Instant removedAt;

    void switchOff(Instant now) {
        enabled = false;
        offReason = OPERATOR;
        offAt = now;
    }

    /** As if it had never failed. */
    void switchOn() {
        enabled = true;
        offReason = null;
        offAt = null;
        forgetFailures();
    }

    void forgetFailures() {
        failures = 0;
        failingSince = null;
        nextTryAt = null;
    }

    @ApplicationScoped
    static class Repository implements PanacheRepositoryBase<WebhookEndpoint, UUID> {

        List<WebhookEndpoint> of(String application) {
            return list("applicationId = ?1 and removedAt is null order by createdAt, id", application);
        }

        Optional<WebhookEndpoint> of(String application, UUID id) {
            return find("applicationId = ?1 and id = ?2 and removedAt is null", application, id)
                    .firstResultOptional();
        }

        /** Like {@link #of(String, UUID)}, and holds the row. */
        Optional<WebhookEndpoint> lock(String application, UUID id) {
            return find("applicationId = ?1 and id = ?2 and removedAt is null", application, id)
                    .withLock(LockModeType.PESSIMISTIC_WRITE)
                    .firstResultOptional();
        }
    }
}
