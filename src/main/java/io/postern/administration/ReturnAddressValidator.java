package io.postern.administration;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** See {@link ReturnAddress}. */
public final class ReturnAddressValidator implements ConstraintValidator<ReturnAddress, String> {

    private static final int LONGEST = 512;
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Of the characters of RFC 3986 all but the star; dots only in names of hosts and files, never as whole segments. */
    private static final Pattern FORM = Pattern.compile("https?://[A-Za-z0-9._~:/?\\[\\]@!$&'()+,;=%-]+");

    private static final Pattern DOT_SEGMENT = Pattern.compile("/(\\.|%2[eE]){1,2}([/?]|$)");

    @Override
    public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
        return value == null || isReturnAddress(value);
    }

    static boolean isReturnAddress(String value) {
        if (value.length() > LONGEST || !FORM.matcher(value).matches()) {
            return false;
        }
        try {
            var uri = new URI(value).parseServerAuthority();
            var host = uri.getHost();
            return host != null
                    && host.equals(host.toLowerCase(Locale.ROOT))
                    && uri.getRawUserInfo() == null
                    && uri.getPort() != 0
                    && uri.getPort() <= 65_535
                    && !uri.getRawPath().isEmpty()
                    && !DOT_SEGMENT.matcher(uri.getRawPath()).find()
                    && (uri.getScheme().equals("https") || LOOPBACK.contains(host));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
