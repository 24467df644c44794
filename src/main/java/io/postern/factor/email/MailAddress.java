package io.postern.factor.email;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mail address as it is written to a mail server: the domain in lower case and in its ASCII form (RFC 5890), the local part
 * as it was given (RFC 5321 section 2.4). Addresses that need quoting, and those of hosts without a dot, are none: nobody
 * has them, and they are how headers are forged.
 */
record MailAddress(String local, String domain) {

    private static final int MOST = 254;
    private static final int MOST_LOCAL = 64;

    /** A dot-atom (RFC 5322 section 3.2.3), ASCII alone. */
    private static final Pattern LOCAL =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])");

    static Optional<MailAddress> parse(String text) {
        var stripped = text.strip();
        int at = stripped.lastIndexOf('@');
        if (at < 1 || at > MOST_LOCAL || stripped.length() > MOST) {
            return Optional.empty();
        }
        var local = stripped.substring(0, at);
        return ascii(stripped.substring(at + 1))
                .filter(domain -> LOCAL.matcher(local).matches()
                        && DOMAIN.matcher(domain).matches()
                        && at + 1 + domain.length() <= MOST)
                .map(domain -> new MailAddress(local, domain));
    }

    private static Optional<String> ascii(String domain) {
        try {
            return Optional.of(IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The first character of the local part and the whole domain. */
    static String masked(String address) {
        return address.charAt(0) + "•••" + address.substring(address.lastIndexOf('@'));
    }

    @Override
    public String toString() {
        return local + "@" + domain;
    }
}
