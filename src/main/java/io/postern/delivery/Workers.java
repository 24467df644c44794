package io.postern.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.postern.store.Scripts;
import io.postern.tracing.Traces;
import io.quarkus.arc.All;
import io.quarkus.redis.client.RedisClientName;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** Starts a reader for each channel that is on, and lets each finish what it has begun when the copy stops. */
@Singleton
final class Workers {

    /** A message may wait a second for its reader, which takes that for standing still if there is no more room. */
    private static final Duration SHORTEST_TRY = Duration.ofSeconds(2);

    private final List<Courier> couriers;
    private final DeliveryConfig config;
    private final RedisDataSource blocking;
    private final Scripts scripts;
    private final Sender.Parts senderParts;
    private final QueueReader.Parts readerParts;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Map<QueueReader, Thread> readers = new LinkedHashMap<>();

    /** @param blocking a client of its own, whose time-out is longer than a read may block */
    Workers(
            @All List<Courier> couriers,
            DeliveryConfig config,
            @RedisClientName("delivery") RedisDataSource blocking,
            RedisDataSource redis,
            Envelope envelope,
            MeterRegistry registry,
            Traces traces,
            SecureRandom random,
            Clock clock) {
        this.couriers = couriers;
        this.config = config;
        this.blocking = blocking;
        this.scripts = Scripts.inBackground(redis);
        this.senderParts = new Sender.Parts(
                envelope, new Receipts(scripts), new RetryDelay(random), config, registry, traces, clock);
        this.readerParts = new QueueReader.Parts("copy-" + UUID.randomUUID(), config, clock, stopping);
    }

    void start(@Observes StartupEvent start) {
        if (config.workers() < 1
                || config.longestTry().compareTo(SHORTEST_TRY) < 0
                || config.takeover().compareTo(config.longestTry().multipliedBy(2)) < 0) {
            throw new IllegalStateException(
                    "postern.delivery needs at least one worker, a longest try of at least 2 s, and a"
                            + " takeover of at least twice the longest try");
        }
        couriers.stream().filter(Courier::isOn).forEach(this::start);
    }

    private void start(Courier courier) {
        var queue = new Queue(scripts, courier.channel());
        var sender = new Sender(courier, queue, senderParts);
        var reader = new QueueReader(courier.channel(), queue, sender, blocking.stream(String.class), readerParts);
        var name = "delivery-" + courier.channel().id();
        readers.put(reader, Thread.ofVirtual().name(name).start(reader));
    }

    void stop(@Observes ShutdownEvent stop) {
        stopping.countDown();
        var end = senderParts.clock().instant().plus(config.longestTry()).plus(Duration.ofSeconds(1));
        try {
            for (var reader : readers.entrySet()) {
                reader.getValue().join(until(end));
                reader.getKey().awaitDone(until(end));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration until(Instant end) {
        var left = Duration.between(senderParts.clock().instant(), end);
        return left.isPositive() ? left : Duration.ZERO;
    }
}
