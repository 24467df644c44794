package io.postern.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that this copy has claimed.
 *
 * @param claim names the claim; a later one has another
 * @param application whose event it is, and whose endpoint
 * @param tries of it that have failed since it was last asked for
 * @param failures rounds of calls of the endpoint in a row that have failed
 */
record Due(UUID id, UUID claim, UUID endpoint, String url, String application, Told told, int tries, int failures) {

    /**
     * What is told.
     *
     * @param subjectIsGone whether it is about somebody who was erased since
     * @param details JSON that only this type has
     */
    record Told(
            UUID message,
            String type,
            Instant at,
            @Nullable String subject,
            boolean subjectIsGone,
            @Nullable UUID factor,
            @Nullable String factorType,
            @Nullable String challenge,
            @Nullable String details) {}

    /** Tells no URL, which may hold what is nobody's business. */
    @Override
    public String toString() {
        return "Due[" + id + "]";
    }
}
