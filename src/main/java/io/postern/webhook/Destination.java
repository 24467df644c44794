package io.postern.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a call goes.
 *
 * @param url names the host for HTTP and TLS
 * @param address that was judged, and that the connection is made to
 */
record Destination(URI url, InetAddress address) {

    /** The longest URL, in characters. */
    static final int MAX_URL = 500;

    private static final Pattern FORM = Pattern.compile("https?://[!-~]{1,500}");
    private static final int MAX_PORT = 65_535;

    /** The text as a URL that can be called: absolute, of ASCII, with a host, without credentials and fragment. */
    static Optional<URI> url(String text) {
        if (text.length() > MAX_URL || !FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            var url = new URI(text);
            var host = url.getHost();
            boolean good = host != null
                    && host.indexOf('%') < 0 // a zone of a link-local address
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && url.getPort() != 0
                    && url.getPort() <= MAX_PORT;
            return good ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    static boolean isEncrypted(URI url) {
        return url.getScheme().equals("https");
    }

    int port() {
        return url.getPort() > 0 ? url.getPort() : isEncrypted(url) ? 443 : 80;
    }

    /** Path and query, as they go into the request. */
    String target() {
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }
}
