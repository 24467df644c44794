package io.postern.access;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Client id and secret of a request (RFC 6749 section 2.3.1). */
record ClientCredentials(String client, String secret) {

    private static final String SCHEME = "basic ";

    /**
     * Reads an {@code Authorization: Basic} header, whose two parts are form-encoded.
     *
     * @throws TokenError {@code invalid_client} when it is missing or cannot be read
     */
    static ClientCredentials of(@Nullable String header) {
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw TokenError.invalidClient();
        }
        try {
            var pair = new String(
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            if (colon < 1) {
                throw TokenError.invalidClient();
            }
            return new ClientCredentials(decode(pair.substring(0, colon)), decode(pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw TokenError.invalidClient();
        }
    }

    private static String decode(String part) {
        var decoded = URLDecoder.decode(part, StandardCharsets.UTF_8);
        if (decoded.indexOf('\0') >= 0) {
            throw TokenError.invalidClient(); // Postgres has no such character in a text
        }
        return decoded;
    }

    /** Tells no secret. */
    @Override
    public String toString() {
        return "ClientCredentials[" + client + "]";
    }
}
