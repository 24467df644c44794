package io.postern.subject;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of {@code subject}. */
@Entity
@SuppressWarnings("NullAway.Init")
class Subject {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    String applicationId;
    String externalId;

    @Nullable
    String email;

    @Nullable
    String displayName;

    @Nullable
    String locale;

    boolean askEverySignIn;
    long version;

    @Nullable
    Instant frozenAt;

    Instant createdAt;
    Instant updatedAt;

    SubjectRecord toRecord() {
        return new SubjectRecord(
                id, applicationId, externalId, email, displayName, locale, askEverySignIn, frozenAt, version);
    }

    @ApplicationScoped
    static class Repository implements PanacheRepositoryBase<Subject, Long> {}
}
