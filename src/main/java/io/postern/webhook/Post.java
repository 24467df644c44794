package io.postern.webhook;

import io.postern.webhook.NotReached.Reason;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.inject.Singleton;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes one call on a connection of its own, to the address that was judged. The status decides: no redirect is followed, and
 * of the answer's body no more than {@value #MOST_BYTES} bytes and a second are waited for.
 */
@Singleton
class Post {

    private static final int MOST_BYTES = 16 * 1024;
    private static final long BODY_MILLIS = 1_000;
    private static final int MOST_CONNECTIONS = 256;

    private final Vertx vertx;
    private final HttpClient client;
    private final Clock clock;

    Post(Vertx vertx, WebhookConfig config, Clock clock) {
        this.vertx = vertx;
        this.clock = clock;
        // Without a name for metrics, so that no URL becomes a label.
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setTracingPolicy(TracingPolicy.IGNORE) // a URL may hold a secret, and receivers trace for themselves
                .setMaxPoolSize(MOST_CONNECTIONS)
                .setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis())));
    }

    /**
     * Posts; returns when the status of the answer is there.
     *
     * @param limit after which the connection is closed, whatever has come
     */
    Request.Answer send(Destination to, Request request, Duration limit) throws NotReached {
        var call = new Call();
        var answer = client.request(options(to, request))
                .compose(open -> call.begin(open, request.body()))
                .map(this::read);
        try {
            return answer.toCompletionStage()
                    .toCompletableFuture()
                    .get(Math.max(1, limit.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            call.end();
            throw new NotReached(Reason.TIMED_OUT);
        } catch (ExecutionException e) {
            throw new NotReached(reason(e.getCause()));
        } catch (InterruptedException e) {
            call.end();
            Thread.currentThread().interrupt();
            throw new NotReached(Reason.TIMED_OUT);
        }
    }

    private static RequestOptions options(Destination to, Request request) {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(
                        to.port(), to.address().getHostAddress())) // a literal: nothing is looked up
                .setHost(to.url().getHost())
                .setPort(to.port())
                .setSsl(Destination.isEncrypted(to.url()))
                .setURI(to.target())
                .setFollowRedirects(false)
                .putHeader("content-type", "application/json")
                .putHeader("user-agent", "Postern")
                .putHeader("webhook-id", request.message().toString())
                .putHeader("webhook-timestamp", Long.toString(request.at().getEpochSecond()))
                .putHeader("webhook-signature", request.signatures());
    }

    private Request.Answer read(HttpClientResponse response) {
        drop(response);
        var retryAfter = RetryAfter.parse(response.getHeader("retry-after"), clock.instant());
        return new Request.Answer(response.statusCode(), retryAfter);
    }

    /** Reads what is left for a moment, so that the receiver is not cut off in the middle of an ordinary answer. */
    private void drop(HttpClientResponse response) {
        var connection = response.request().connection();
        var seen = new int[1];
        long timer = vertx.setTimer(BODY_MILLIS, over -> connection.close());
        response.exceptionHandler(broken -> vertx.cancelTimer(timer));
        response.endHandler(end -> vertx.cancelTimer(timer));
        response.handler(bytes -> {
            seen[0] += bytes.length();
            if (seen[0] > MOST_BYTES) {
                connection.close();
            }
        });
    }

    private static Reason reason(@Nullable Throwable failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof SSLException) {
                return Reason.TLS_FAILED;
            }
            if (link instanceof ConnectException) {
                return Reason.NO_CONNECTION;
            }
        }
        return Reason.NO_ANSWER;
    }

    /** A call that can be ended while it is still being connected. */
    private static final class Call {

        private final AtomicReference<@Nullable HttpClientRequest> running = new AtomicReference<>();
        private final AtomicBoolean over = new AtomicBoolean();

        Future<HttpClientResponse> begin(HttpClientRequest request, String body) {
            running.set(request);
            // What breaks is told by the answer's future; Vert.x would log it as a fault besides.
            request.exceptionHandler(broken -> {});
            request.connection().exceptionHandler(broken -> {});
            if (over.get()) {
                request.reset();
                return Future.failedFuture(new TimeoutException());
            }
            return request.send(Buffer.buffer(body));
        }

        void end() {
            over.set(true);
            var request = running.get();
            if (request != null) {
                request.reset();
            }
        }
    }
}
