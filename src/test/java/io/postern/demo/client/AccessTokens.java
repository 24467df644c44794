package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The access token of this application's client (RFC 6749 section 4.4), asked for when needed and kept until shortly
 * before its end. Safe for use by many threads, which wait for one request rather than each making its own.
 */
final class AccessTokens {
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private record Token(String value, Instant until) {}

    private final Http http;
    private final HttpRequest request;
    private final Clock clock;
    private @Nullable Token current;

    AccessTokens(Http http, URI endpoint, String clientId, String clientSecret, Clock clock) {
        this.http = http;
        this.clock = clock;
        this.request = HttpRequest.newBuilder(endpoint)
                .header("Authorization", "Basic " + basic(clientId, clientSecret))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
    }

    /** @throws UnavailableException if none can be had */
    synchronized String get() {
        Token token = current;
        if (token == null || !clock.instant().isBefore(token.until())) {
            token = fetch();
            current = token;
        }
        return token.value();
    }

    /** Forgets a token that was refused, unless it has been replaced already. */
    synchronized void forget(String refused) {
        if (current != null && current.value().equals(refused)) {
            current = null;
        }
    }

    private Token fetch() {
        Instant asked = clock.instant();
        Http.Answer answer = http.send(request);
        if (answer.status() != 200) {
            throw new UnavailableException("Postern gave no access token: " + answer.status());
        }
        JsonNode json = answer.json();
        var lifetime = Duration.ofSeconds(json.path("expires_in").asLong());
        return new Token(
                new Reply(json).text("access_token"), asked.plus(lifetime).minus(MARGIN));
    }

    /** Both parts are form-encoded before they are joined (RFC 6749 section 2.3.1). */
    private static String basic(String clientId, String clientSecret) {
        String joined = URLEncoder.encode(clientId, StandardCharsets.UTF_8)
                + ":"
                + URLEncoder.encode(clientSecret, StandardCharsets.UTF_8);
        return Base64.getEncoder().encodeToString(joined.getBytes(StandardCharsets.UTF_8));
    }
}
