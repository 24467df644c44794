package io.postern.operator;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.security.jpa.Password;
import io.quarkus.security.jpa.Roles;
import io.quarkus.security.jpa.UserDefinition;
import io.quarkus.security.jpa.Username;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code operator}. */
@Entity
@Table(name = "operator")
@UserDefinition
@SuppressWarnings("NullAway.Init")
class Operator {

    @Id
    UUID id;

    @Username
    String name;

    @Roles
    String role;

    /** What {@link Passwords} makes of it; null before the first one and after a reset. */
    @Password
    @Nullable
    String password;

    long version;

    byte @Nullable [] invitation;

    @Nullable
    Instant invitationEndsAt;

    @Nullable
    Instant enrollUntil;

    @Nullable
    Instant suspendedAt;

    Instant createdAt;

    @Nullable
    Instant signedInAt;

    OperatorRole held() {
        return OperatorRole.of(role);
    }

    /** Ends tokens and sign-ins under way. */
    void changed() {
        version++;
    }

    @ApplicationScoped
    static class Repository implements PanacheRepositoryBase<Operator, UUID> {

        /** Those of the ids that there are, held until the transaction ends, in an order in which nobody waits in a circle. */
        List<Operator> lock(Collection<UUID> ids) {
            return find("id in ?1 order by id", ids)
                    .withLock(LockModeType.PESSIMISTIC_WRITE)
                    .list();
        }

        List<Operator> all() {
            return list("order by name");
        }
    }
}
