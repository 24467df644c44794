package io.postern.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in an application's chain.
 *
 * @param sequence from 1, without a gap; 0 is before the first row
 * @param mac over all rows up to there
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Link(long sequence, byte[] mac) {

    static final String COLUMNS = "e.sequence, e.mac, e.key_id";

    private static final int MAC_BYTES = 32;

    /** 32 bytes in base64url have 43 characters. */
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\.([A-Za-z0-9_-]{43})");

    static Link of(ResultSet row) throws SQLException {
        var mac = row.getBytes("mac");
        return new Link(row.getLong("sequence"), mac == null ? new byte[0] : mac);
    }

    /** Reads what {@link #toString} wrote; empty when it is something else. */
    static Optional<Link> parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            var mac = Base64.getUrlDecoder().decode(form.group(2));
            return mac.length == MAC_BYTES
                    ? Optional.of(new Link(Long.parseLong(form.group(1)), mac))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return sequence + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }
}
