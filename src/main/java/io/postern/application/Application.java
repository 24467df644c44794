package io.postern.application;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code application}. */
@Entity
@Immutable
@SuppressWarnings("NullAway.Init")
class Application {

    @Id
    String id;

    String name;

    @JdbcTypeCode(SqlTypes.JSON)
    String policy;

    @Nullable
    Instant suspendedAt;

    @ApplicationScoped
    static class Repository implements PanacheRepositoryBase<Application, String> {}
}
