package io.postern.enrollment;

import io.postern.event.About;
import io.postern.event.Errand;
import io.postern.message.Notice;
import org.jspecify.annotations.Nullable;

/**
 * A change that a client asks for.
 *
 * @param application the caller's application, to which everything is bound
 * @param client the calling API client
 * @param subject the subject of the path
 * @param proof the {@code X-Verification-Token}, where given
 * @param errand of the help desk, which needs no proof (RULES F4); null for all others
 */
record Change(
        String application,
        String client,
        String subject,
        @Nullable String proof,
        @Nullable Errand errand) {

    /** Of an ordinary client, which never acts without a proof where one is needed (RULES F4). */
    Change(String application, String client, String subject, @Nullable String proof) {
        this(application, client, subject, proof, null);
    }

    static Change ofHelpDesk(String application, String client, String subject, Errand errand) {
        return new Change(application, client, subject, null, errand);
    }

    boolean isOfHelpDesk() {
        return errand != null;
    }

    /** What its events are about, with who acts and why. */
    About by(About about) {
        return errand == null ? about : about.by(errand);
    }

    /** What the person is told of it, with who acted. */
    Notice by(Notice notice) {
        return errand == null ? notice : new Notice.ByHelpDesk(notice);
    }

    /** Tells no proof. */
    @Override
    public String toString() {
        return "Change[" + application + "]";
    }
}
