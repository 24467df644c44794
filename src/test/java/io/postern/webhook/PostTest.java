package io.postern.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.webhook.NotReached.Reason;
import io.postern.webhook.Receiver.Manner;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** One call over a real connection. */
final class PostTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Vertx vertx = Vertx.vertx();
    private final Receiver receiver = Receiver.start();
    private final Post post = new Post(vertx, new Settings(), Clock.systemUTC());
    private final Request request = new Request(UUID.randomUUID(), Instant.now(), "v1,x", "{}");

    private record Settings() implements WebhookConfig {
        @Override
        public Optional<List<String>> allowedNetworks() {
            return Optional.empty();
        }

        @Override
        public int workers() {
            return 1;
        }

        @Override
        public Duration connectTimeout() {
            return Duration.ofSeconds(1);
        }

        @Override
        public Duration longestCall() {
            return LIMIT;
        }

        @Override
        public Duration takeover() {
            return LIMIT;
        }
    }

    @AfterEach
    void close() {
        receiver.close();
        vertx.close();
    }

    /** The name leads nowhere: it is only told, and not looked up a second time. */
    @Test
    void connectionGoesToTheJudgedAddress() throws Exception {
        var to = new Destination(
                URI.create("http://nowhere.invalid:" + receiver.port() + "/a%20b?c=d"),
                InetAddress.getLoopbackAddress());
        assertEquals(204, post.send(to, request, LIMIT).status());
        var call = receiver.calls().getFirst();
        assertEquals("nowhere.invalid:" + receiver.port(), call.header("host"));
        assertEquals("/a%20b?c=d", call.path());
    }

    @Test
    void connectionGoesToAnAddressOfIpv6() throws Exception {
        var loopback = InetAddress.ofLiteral("::1");
        try (var six = new Receiver(open(loopback), "http")) {
            var to = new Destination(URI.create("http://[::1]:" + six.port() + "/"), loopback);
            assertEquals(204, post.send(to, request, LIMIT).status());
            assertEquals("[::1]:" + six.port(), six.calls().getFirst().header("host"));
        }
    }

    private static ServerSocket open(InetAddress address) throws IOException {
        try {
            return new ServerSocket(0, 10, address);
        } catch (BindException e) {
            return Assumptions.abort("This machine has no IPv6");
        }
    }

    @Test
    void timeIsOverForASlowAnswerAndItsConnectionIsClosed() {
        receiver.now(Manner.DRIPS);
        var to = new Destination(URI.create(receiver.url()), InetAddress.getLoopbackAddress());
        var begin = Instant.now();
        var refusal = assertThrows(NotReached.class, () -> post.send(to, request, Duration.ofMillis(400)));
        assertEquals(Reason.TIMED_OUT, refusal.reason());
        assertTrue(Duration.between(begin, Instant.now()).toMillis() < 4_000);
    }

    @Test
    void statusAndRetryAfterAreTold() throws Exception {
        receiver.now(Manner.IS_BUSY);
        var to = new Destination(URI.create(receiver.url()), InetAddress.getLoopbackAddress());
        assertEquals(new Request.Answer(429, Optional.of(Duration.ofHours(1))), post.send(to, request, LIMIT));
    }
}
