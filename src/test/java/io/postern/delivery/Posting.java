package io.postern.delivery;

import io.postern.crypto.KeyRing;
import io.postern.crypto.SecretBox;
import io.postern.harness.Postern;
import io.postern.store.Scripts;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.redis.runtime.datasource.BlockingRedisDataSourceImpl;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.redis.client.RedisOptions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Queues messages for the packaged service with the very beans that the service queues with, on its Redis and with its keys:
 * no endpoint sends yet.
 */
final class Posting implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Vertx vertx = Vertx.vertx();
    private final RedisDataSource redis;
    private final Envelope envelope;
    private final Delivery delivery;

    private Posting(Postern postern) {
        var options = new RedisOptions()
                .setConnectionString(postern.redis().uri().toString())
                .setMaxPoolSize(4)
                .setMaxPoolWaiting(1_000);
        var client = Redis.createClient(vertx, options);
        redis = new BlockingRedisDataSourceImpl(vertx, client, RedisAPI.api(client), TIMEOUT);
        envelope = new Envelope(new SecretBox(new KeyRing(postern.keys().ring()), new SecureRandom()));
        List<Courier> couriers =
                Arrays.stream(Channel.values()).<Courier>map(On::new).toList();
        delivery = new Delivery(new Scripts(redis), envelope, couriers);
    }

    static Posting to(Postern postern) {
        return new Posting(postern);
    }

    /** Says that a channel is on; the service does the sending. */
    private record On(Channel channel) implements Courier {
        @Override
        public boolean isOn() {
            return true;
        }

        @Override
        public Handed send(Message message, Duration limit) {
            throw new UnsupportedOperationException("The service sends");
        }
    }

    RedisDataSource redis() {
        return redis;
    }

    Envelope envelope() {
        return envelope;
    }

    Delivery delivery() {
        return delivery;
    }

    void queue(Message message) {
        delivery.queue(message);
    }

    /** A mail that is good for ten minutes. */
    static Message mail(String to) {
        return mail(to, Instant.now().plusSeconds(600), null);
    }

    static Message mail(String to, Instant end, @Nullable Receipt receipt) {
        var content = new Content("Your code for Shop", "The code is 482913.", "<p>The code is <b>482913</b>.</p>");
        return new Message(UUID.randomUUID(), Channel.EMAIL, "demo-admin", to, null, content, end, receipt);
    }

    static Message mailOf(@Nullable String sender, String to, String subject) {
        var content = new Content(subject, "The code is 482913.", null);
        var end = Instant.now().plusSeconds(600);
        return new Message(UUID.randomUUID(), Channel.EMAIL, "demo-admin", to, sender, content, end, null);
    }

    /** An SMS that is good for five minutes. */
    static Message sms(String to) {
        return sms(to, Instant.now().plusSeconds(300), null);
    }

    static Message sms(String to, Instant end, @Nullable Receipt receipt) {
        var content = new Content(null, "Shop: the code is 482913.\n@shop.example #482913", null);
        return new Message(UUID.randomUUID(), Channel.SMS, "demo-admin", to, null, content, end, receipt);
    }

    /** An address that no other test uses. */
    static String address() {
        return "p" + UUID.randomUUID() + "@example.com";
    }

    /** A number that hardly another test uses. */
    static String number() {
        return "+1415%07d".formatted(ThreadLocalRandom.current().nextInt(10_000_000));
    }

    @Override
    public void close() {
        vertx.closeAndAwait();
    }
}
