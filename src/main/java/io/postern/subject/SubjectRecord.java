package io.postern.subject;

import org.jspecify.annotations.Nullable;

/**
 * A subject as other features see it.
 *
 * @param id the row's number, never shown outside
 * @param externalId the application's own id of the person
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
        long version) {}
