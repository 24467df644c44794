package io.postern.enrollment;

import org.jspecify.annotations.Nullable;

/**
 * A change that a client asks for.
 *
 * @param application the caller's application, to which everything is bound
 * @param client the calling API client
 * @param subject the subject of the path
 * @param proof the {@code X-Verification-Token}, where given
 */
record Change(
        String application,
        String client,
        String subject,
        @Nullable String proof) {

    /** Tells no proof. */
    @Override
    public String toString() {
        return "Change[" + application + "]";
    }
}
