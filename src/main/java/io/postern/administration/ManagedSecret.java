package io.postern.administration;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code client_secret}. */
@Entity
@Table(name = "client_secret")
@SuppressWarnings("NullAway.Init")
class ManagedSecret {

    @Id
    UUID id;

    String clientId;
    byte[] digest;
    Instant createdAt;

    @Nullable
    Instant expiresAt;

    boolean isGood(Instant now) {
        return expiresAt == null || expiresAt.isAfter(now);
    }

    /** Ends it then, unless it ends before. */
    void endAt(Instant end) {
        if (expiresAt == null || expiresAt.isAfter(end)) {
            expiresAt = end;
        }
    }

    @ApplicationScoped
    static class Repository implements PanacheRepositoryBase<ManagedSecret, UUID> {

        /** The oldest first. */
        List<ManagedSecret> of(String client) {
            return find("clientId = ?1 order by createdAt, id", client).list();
        }

        /** Whether some client of the application can still get an access token with the scope {@code admin}. */
        boolean hasAdmin(String application, Instant now) {
            var sql = """
                    select count(*) from api_client c join client_secret s on s.client_id = c.id
                    where c.application_id = ?1 and 'admin' = any(c.scopes)
                      and (s.expires_at is null or s.expires_at > ?2)
                    """;
            var count = getEntityManager()
                    .createNativeQuery(sql, Long.class)
                    .setParameter(1, application)
                    .setParameter(2, now)
                    .getSingleResult();
            return !count.equals(0L);
        }
    }
}
