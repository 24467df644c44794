package io.postern.demo.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;

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
        return accept(withToken(token -> send(method, path, body, headers, token), Http.Answer::status));
    }

    /** A POST that may take so long; its body is sent also where it is empty. Throws what {@link #call} throws. */
    Http.Answer post(String path, Map<String, ?> body, Duration patience) {
        return accept(withToken(
                token -> http.send(
                        request(path, token, "application/json, application/problem+json")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(write(body)))
                                .build(),
                        patience),
                Http.Answer::status));
    }

    /** What Postern has at that path, read while it is written. The caller closes it. Throws what {@link #call} throws. */
    InputStream download(String path, String mediaType) {
        HttpResponse<InputStream> response = withToken(
                token -> http.open(request(path, token, mediaType + ", application/problem+json")
                        .build()),
                HttpResponse::statusCode);
        if (response.statusCode() != 200) {
            accept(Http.refusal(response));
            throw new UnavailableException("Postern answered " + response.statusCode() + " to a download");
        }
        return response.body();
    }

    private <T> T withToken(Function<String, T> send, ToIntFunction<T> status) {
        String token = tokens.get();
        T answer = send.apply(token);
        if (status.applyAsInt(answer) == 401) {
            // The keys may have changed, or the service was set up anew. Once: a second refusal is not about age.
            tokens.forget(token);
            answer = send.apply(tokens.get());
        }
        return answer;
    }

    private HttpRequest.Builder request(String path, String token, String accept) {
        return HttpRequest.newBuilder(endpoint(path))
                .header("Authorization", "Bearer " + token)
                .header("Accept", accept);
    }

    /** A call that anybody may make. */
    Http.Answer open(String path) {
        return http.send(HttpRequest.newBuilder(endpoint(path)).build());
    }

    private Http.Answer send(
            String method, String path, Map<String, ?> body, Map<String, String> headers, String accessToken) {
        var request = request(path, accessToken, "application/json, application/problem+json");
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
