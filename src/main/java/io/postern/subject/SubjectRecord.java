package io.postern.subject;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A subject as other features see it.
 *
 * @param id the row's number, never shown outside
 * @param externalId the application's own id of the person
 * @param frozenSince since when nothing can be added (RULES F5); null while there is no freeze
 * @param version raised by every change of factors (RULES F3)
 */
public record SubjectRecord(
        long id,
        String application,
        String externalId,
        @Nullable String email,
        @Nullable String displayName,
        @Nullable String locale,
        boolean askEverySignIn,
        @Nullable Instant frozenSince,
        long version) {}
