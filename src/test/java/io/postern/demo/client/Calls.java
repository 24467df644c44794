package io.postern.demo.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls of one API client with its access token, which is renewed as needed. */
final class Calls implements AutoCloseable {
    private final Http http;
    private final String base;
    private final AccessTokens tokens;

    Calls(URI base, String clientId, String clientSecret, Clock clock, Duration patience) {
        this.http = new Http(patience);
        this.base = base.toString().replaceFirst("/+$", "");
        this.tokens = new AccessTokens(http, endpoint("/oauth2/token"), clientId, clientSecret, clock);
    }

    /**
     * The answer to a call.
     *
     * @param body none is sent where it is empty
     * @throws ProblemException where Postern refused
     * @throws UnavailableException where nobody can tell
     */
    Http.Answer call(String method, String path, Map<String, ?> body, Map<String, String> headers) {
        String token = tokens.get();
        Http.Answer answer = send(method, path, body, headers, token);
        if (answer.status() == 401) {
            // The keys may have changed, or the service was set up anew. Once: a second refusal is not about age.
            tokens.forget(token);
            answer = send(method, path, body, headers, tokens.get());
        }
        return accept(answer);
    }

    /** A call that anybody may make. */
    Http.Answer open(String path) {
        return http.send(HttpRequest.newBuilder(endpoint(path)).build());
    }

    private Http.Answer send(
            String method, String path, Map<String, ?> body, Map<String, String> headers, String accessToken) {
        var request = HttpRequest.newBuilder(endpoint(path))
                .header("Authorization", "Bearer " + accessToken)
                .header("Accept", "application/json, application/problem+json");
        headers.forEach(request::header);
        if (body.isEmpty()) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(write(body)));
        }
        return http.send(request.build());
    }

    /** One segment of a path, whatever an id is made of (RFC 3986 section 3.3). */
    static String segment(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static Http.Answer accept(Http.Answer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return answer;
        }
        if (status < 400 || status >= 500 || status == 401) {
            throw new UnavailableException("Postern answered " + status);
        }
        throw new ProblemException(status, answer.json(), answer.retryAfter());
    }

    private static String write(Map<String, ?> body) {
        try {
            return Http.JSON.writeValueAsString(new LinkedHashMap<>(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of texts is always JSON", e);
        }
    }

    private URI endpoint(String path) {
        return URI.create(base + path);
    }

    @Override
    public void close() {
        http.close();
    }
}
