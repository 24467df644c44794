package io.postern.administration;

import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code application} that may be changed. */
@Entity
@Table(name = "application")
@SuppressWarnings("NullAway.Init")
class ManagedApplication {

    @Id
    String id;

    String name;

    @JdbcTypeCode(SqlTypes.JSON)
    String policy;

    long policyVersion;
    Instant policyChangedAt;

    @Nullable
    String policyChangedBy;

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> returnAddresses;

    @Nullable
    Instant suspendedAt;

    Instant createdAt;

    @ApplicationScoped
    static class Repository implements PanacheRepositoryBase<ManagedApplication, String> {

        /** @throws Problem {@code not_found} */
        ManagedApplication require(String id) {
            return found(findById(id));
        }

        /** The same, and holds the row until the transaction ends, so that changes come one after another. */
        ManagedApplication lock(String id) {
            return found(findById(id, LockModeType.PESSIMISTIC_WRITE));
        }

        private static ManagedApplication found(@Nullable ManagedApplication row) {
            if (row == null) {
                throw Problem.of(ProblemCode.NOT_FOUND);
            }
            return row;
        }
    }
}
