package io.postern.reversal;

import io.postern.token.IssuerConfig;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * The address of Postern's own pages. It comes from the configuration and never from a request (RULES I3). The service does
 * not start with one that links cannot be made of.
 */
@Singleton
@Startup
class PublicAddress {

    private static final Pattern FORM = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]+(/[A-Za-z0-9._~/-]*)?");

    private final String base;

    PublicAddress(PublicAddressConfig config, IssuerConfig issuer) {
        base = config.publicUrl().orElseGet(issuer::issuer).replaceFirst("/+$", "");
        if (!FORM.matcher(base).matches()) {
            throw new IllegalStateException(
                    "postern.public-url, or postern.issuer where that is not set, must be an http or"
                            + " https address without a query, such as https://postern.example.com");
        }
    }

    URI of(String path) {
        return URI.create(base + path);
    }

    /** Scheme, host and port, as browsers tell it (RFC 6454 section 6.2). */
    String origin() {
        var uri = URI.create(base);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
