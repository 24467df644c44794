package io.postern.device;

import org.jspecify.annotations.Nullable;

/**
 * Where a person signs in, as the application tells it.
 *
 * @param subject the person's id in the application
 * @param subjectId the number of the subject's row
 * @param client the API client that called
 */
public record Computer(
        String application,
        String subject,
        long subjectId,
        String client,
        @Nullable String ip,
        @Nullable String userAgent) {}
