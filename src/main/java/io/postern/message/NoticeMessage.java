package io.postern.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notice for a person.
 *
 * @param locale the person's language tag (BCP 47); null where it is not known
 * @param time when it happened
 * @param ip whence it was done; null where it is not known
 */
public record NoticeMessage(
        Branding branding,
        @Nullable String locale,
        Notice notice,
        Instant time,
        @Nullable String ip) {}
