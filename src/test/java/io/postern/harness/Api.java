package io.postern.harness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Calls one copy of the service: {@code api.post("/v1/challenges", Map.of("subject", "owner", "purpose", "sign_in"))}.
 * Immutable and for any number of threads. Every call throws {@link UncheckedIOException} when no answer comes within
 * 15 seconds.
 */
public final class Api {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();

    private final URI base;
    private final Map<String, Supplier<String>> headers;

    private Api(URI base, Map<String, Supplier<String>> headers) {
        this.base = base;
        this.headers = headers;
    }

    /** Calls without credentials. */
    public static Api at(URI base) {
        return new Api(base, Map.of());
    }

    /** The same with one more header, or another value of it. */
    public Api with(String header, String value) {
        return with(header, () -> value);
    }

    private Api with(String header, Supplier<String> value) {
        Map<String, Supplier<String>> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Api(base, more);
    }

    /** The same with this access token. */
    public Api withToken(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** The same with the access token that is current at each call. */
    Api withToken(Supplier<String> token) {
        return with("Authorization", () -> "Bearer " + token.get());
    }

    /** The same with HTTP Basic credentials. */
    public Api withBasic(String user, String password) {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return with("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    public Answer get(String path) {
        return call("GET", path, BodyPublishers.noBody(), "");
    }

    public Answer delete(String path) {
        return call("DELETE", path, BodyPublishers.noBody(), "");
    }

    /** Without a body. */
    public Answer post(String path) {
        return call("POST", path, BodyPublishers.noBody(), "");
    }

    /** With whatever Jackson makes of the body. */
    public Answer post(String path, Object body) {
        return json("POST", path, body);
    }

    public Answer put(String path, Object body) {
        return json("PUT", path, body);
    }

    public Answer patch(String path, Object body) {
        return json("PATCH", path, body);
    }

    /** As an HTML form would. */
    public Answer postForm(String path, Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return call("POST", path, BodyPublishers.ofString(form), "application/x-www-form-urlencoded");
    }

    /** Any bytes under any content type; none is sent when it is empty. */
    public Answer send(String method, String path, byte[] body, String contentType) {
        return call(method, path, BodyPublishers.ofByteArray(body), contentType);
    }

    private Answer json(String method, String path, Object body) {
        try {
            byte[] bytes = JSON.writeValueAsBytes(body);
            return call(method, path, BodyPublishers.ofByteArray(bytes), "application/json");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Answer call(String method, String path, BodyPublisher body, String contentType) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).method(method, body).timeout(TIMEOUT);
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        headers.forEach((name, value) -> request.setHeader(name, value.get()));
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
