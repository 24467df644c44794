package io.postern.demo.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests to Postern and never waits longer than it was told for the whole of an answer, {@link #open} aside. */
final class Http implements AutoCloseable {
    /** Postern answers within two seconds even when its stores do not; one that takes longer is not coming. */
    static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final int LARGEST_REFUSAL = 64 * 1024;

    static final ObjectMapper JSON = new ObjectMapper();

    record Answer(int status, Optional<Duration> retryAfter, Optional<String> tag, String body) {

        /** @throws UnavailableException if the body is not JSON */
        JsonNode json() {
            try {
                return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
            } catch (JsonProcessingException e) {
                // Without the cause, whose message quotes the body.
                throw new UnavailableException("Postern answered " + status + " with something that is not JSON");
            }
        }
    }

    private final Duration patience;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Http(Duration patience) {
        this.patience = patience;
    }

    /** @throws UnavailableException if no whole answer came in time */
    Answer send(HttpRequest request) {
        return send(request, patience);
    }

    /** @throws UnavailableException if no whole answer came in that time */
    Answer send(HttpRequest request, Duration wait) {
        // A request's own timeout ends with the headers; this one covers a body that never comes, too.
        return read(await(request, BodyHandlers.ofString(), wait));
    }

    /**
     * An answer whose body is read while it comes, for as long as it does. The caller closes it.
     *
     * @throws UnavailableException if no headers came in time
     */
    HttpResponse<InputStream> open(HttpRequest request) {
        return await(request, BodyHandlers.ofInputStream(), patience);
    }

    /** An opened answer that is no success, as a whole. */
    static Answer refusal(HttpResponse<InputStream> response) {
        try (var body = response.body()) {
            return new Answer(
                    response.statusCode(),
                    Optional.empty(),
                    Optional.empty(),
                    new String(body.readNBytes(LARGEST_REFUSAL), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UnavailableException("Postern's refusal broke off", e);
        }
    }

    private <T> HttpResponse<T> await(HttpRequest request, BodyHandler<T> handler, Duration wait) {
        var answer = client.sendAsync(request, handler);
        try {
            return answer.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new UnavailableException("Postern cannot be reached", e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new UnavailableException("Postern did not answer in time", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new UnavailableException("The call to Postern was interrupted", e);
        }
    }

    private static Answer read(HttpResponse<String> response) {
        Optional<Duration> retryAfter = response.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)));
        return new Answer(response.statusCode(), retryAfter, response.headers().firstValue("ETag"), response.body());
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
