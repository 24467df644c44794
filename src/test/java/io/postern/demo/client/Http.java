package io.postern.demo.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests to Postern and never waits longer than {@link #PATIENCE} for the whole of an answer. */
final class Http implements AutoCloseable {
    /** Postern answers within two seconds even when its stores do not; one that takes longer is not coming. */
    static final Duration PATIENCE = Duration.ofSeconds(4);

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
        // A request's own timeout ends with the headers; this one covers a body that never comes, too.
        var answer = client.sendAsync(request, BodyHandlers.ofString());
        try {
            return read(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
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
