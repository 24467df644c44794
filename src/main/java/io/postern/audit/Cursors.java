package io.postern.audit;

import io.postern.crypto.KeyedHash;
import io.postern.problem.Problem;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/** Where a page ended, as a text that is good for the same application and the same search alone. */
@Singleton
final class Cursors {

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\.([A-Za-z0-9_-]{22})");

    private final KeyedHash hash;

    Cursors(KeyedHash hash) {
        this.hash = hash;
    }

    String of(String application, Search search, long position) {
        return position + "." + tag(application, search, position);
    }

    /**
     * The position.
     *
     * @throws Problem {@code malformed_request} when the cursor was not made for this search
     */
    long read(String application, Search search, String cursor) {
        var form = FORM.matcher(cursor);
        if (form.matches()) {
            long position = Long.parseLong(form.group(1));
            if (MessageDigest.isEqual(bytes(form.group(2)), bytes(tag(application, search, position)))) {
                return position;
            }
        }
        throw Search.refused("cursor", "does not come from this search");
    }

    private String tag(String application, Search search, long position) {
        return hash.tag("audit cursor", application, search.toString(), Long.toString(position));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
