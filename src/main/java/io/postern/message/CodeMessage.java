package io.postern.message;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A code for a person.
 *
 * @param locale the person's language tag (BCP 47); null where it is not known
 * @param code 6 to 8 digits (RULES C2)
 * @param minutes how long the code is good, 1 to 99
 * @param codeInSubject whether a mail shows the code in its subject already
 * @param host the front end's, to which browsers bind the code of an SMS (WebOTP); null for no such line
 */
public record CodeMessage(
        Branding branding,
        @Nullable String locale,
        String code,
        Occasion occasion,
        int minutes,
        boolean codeInSubject,
        @Nullable String host) {

    /** Characters of a {@link #host}: a longer one leaves no room for words in one SMS. */
    public static final int LONGEST_HOST = 40;

    static final int LONGEST_CODE = 8;
    static final int MOST_MINUTES = 99;

    private static final Pattern CODE = Pattern.compile("[0-9]{6," + LONGEST_CODE + "}");
    private static final Pattern HOST = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

    /** @throws IllegalArgumentException naming the member that is out of range */
    public CodeMessage {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("code must be of 6 to " + LONGEST_CODE + " digits");
        }
        if (minutes < 1 || minutes > MOST_MINUTES) {
            throw new IllegalArgumentException("minutes must be from 1 to " + MOST_MINUTES);
        }
        if (host != null && !isHost(host)) {
            throw new IllegalArgumentException("host must be a host name in lower case of at most " + LONGEST_HOST
                    + " characters, without a port");
        }
    }

    /** Whether a code of an SMS can be bound to this host. */
    public static boolean isHost(String host) {
        return host.length() <= LONGEST_HOST && HOST.matcher(host).matches();
    }

    /** Tells nothing of the code. */
    @Override
    public String toString() {
        return "CodeMessage[" + branding.id() + ", " + occasion.id() + "]";
    }
}
