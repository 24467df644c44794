package io.postern.delivery.mail;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One mailbox (RFC 5322 section 3.4), perhaps with a name. Holds nothing that could begin another header, recipient or SMTP
 * command.
 *
 * @param name as people read it; empty for none
 */
record Mailbox(String name, String address) {

    private static final Pattern ADDRESS = Pattern.compile(
            "[^\\s\\p{Cntrl}<>()\\[\\],;:\"\\\\@]{1,64}@[\\p{Alnum}.-]{1,255}", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern NAMED = Pattern.compile("([^\\p{Cntrl}<>\"\\\\]*)<([^<>]*)>");

    /** In ASCII; any other name is encoded as a whole. */
    private static final Pattern SPECIAL = Pattern.compile("(?=.*[^A-Za-z0-9 _-])[ -~]*");

    /** Reads {@code address} or {@code Name <address>}; empty when it is neither. */
    static Optional<Mailbox> parse(String text) {
        var named = NAMED.matcher(text.strip());
        var mailbox = named.matches()
                ? new Mailbox(named.group(1).strip(), named.group(2).strip())
                : new Mailbox("", text.strip());
        return ADDRESS.matcher(mailbox.address()).matches() ? Optional.of(mailbox) : Optional.empty();
    }

    /** The domain, for ids of messages. */
    String domain() {
        return address.substring(address.indexOf('@') + 1);
    }

    /** As it stands in a header: a name with other characters than words have is quoted (RFC 5322 section 3.2.4). */
    String text() {
        if (name.isEmpty()) {
            return address;
        }
        return (SPECIAL.matcher(name).matches() ? '"' + name + '"' : name) + " <" + address + ">";
    }

    @Override
    public String toString() {
        return "Mailbox[…]";
    }
}
