package io.postern.administration;

import io.postern.application.Scope;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code api_client}. */
@Entity
@Table(name = "api_client")
@SuppressWarnings("NullAway.Init")
class ManagedClient {

    @Id
    String id;

    String applicationId;

    @Nullable
    String label;

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> scopes;

    Instant createdAt;

    Set<Scope> held() {
        var held = EnumSet.noneOf(Scope.class);
        scopes.forEach(id -> Scope.of(id).ifPresent(held::add));
        return held;
    }

    void hold(Collection<Scope> wanted) {
        scopes = wanted.stream().sorted().map(Scope::id).toList();
    }

    @ApplicationScoped
    static class Repository implements PanacheRepositoryBase<ManagedClient, String> {

        List<ManagedClient> of(String application) {
            return find("applicationId = ?1 order by createdAt, id", application)
                    .list();
        }

        /** @throws Problem {@code not_found} also for a client of another application */
        ManagedClient require(String application, String id) {
            return find("applicationId = ?1 and id = ?2", application, id)
                    .firstResultOptional()
                    .orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND));
        }
    }
}
