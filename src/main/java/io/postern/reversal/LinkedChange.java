package io.postern.reversal;

import io.postern.message.Notice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The change that a link is about, and whose it is.
 *
 * @param number its place in the order of the subject's changes
 * @param locale the person's language tag (BCP 47)
 * @param disowned whether a link of it was used already
 */
record LinkedChange(
        long number,
        String application,
        String subject,
        @Nullable String locale,
        Notice notice,
        Instant at,
        boolean disowned) {

    LinkedChange done() {
        return new LinkedChange(number, application, subject, locale, notice, at, true);
    }
}
