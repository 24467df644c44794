package io.postern.message;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notice for a person.
 *
 * @param locale the person's language tag (BCP 47); null where it is not known
 * @param time when it happened
 * @param ip whence it was done; null where it is not known
 * @param link takes it back (RULES F5); null for whoever may not
 */
public record NoticeMessage(
        Branding branding,
        @Nullable String locale,
        Notice notice,
        Instant time,
        @Nullable String ip,
        @Nullable URI link) {

    public NoticeMessage(Branding branding, @Nullable String locale, Notice notice, Instant time, @Nullable String ip) {
        this(branding, locale, notice, time, ip, null);
    }

    /** Tells no link: whoever has it may take the change back. */
    @Override
    public String toString() {
        return "NoticeMessage[" + branding.id() + ", " + notice.id() + "]";
    }
}
