package io.postern.delivery;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.postern.store.Scripts;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How much waits in each queue: {@code postern_delivery_queue_depth} and {@code postern_delivery_queue_oldest_seconds}. Looked
 * at every few seconds, so that a slow Redis holds up nobody who reads metrics.
 */
@Singleton
class Backlog {

    private static final Queue.Depth NOTHING = new Queue.Depth(0, Duration.ZERO, new Latency(List.of()));

    private final Map<Channel, Queue> queues = new EnumMap<>(Channel.class);
    private final Map<Channel, Queue.Depth> seen = new ConcurrentHashMap<>();
    private final Outage outage = new Outage("Looking at the queues");
    private final MeterRegistry registry;

    Backlog(RedisDataSource redis, Delivery delivery, MeterRegistry registry) {
        var scripts = Scripts.inBackground(redis);
        Arrays.stream(Channel.values())
                .filter(delivery::isOn)
                .forEach(channel -> queues.put(channel, new Queue(scripts, channel)));
        this.registry = registry;
    }

    void start(@Observes StartupEvent start) {
        queues.keySet().forEach(channel -> {
            Gauge.builder("postern.delivery.queue.depth", () -> seen(channel).messages())
                    .tag("channel", channel.id())
                    .register(registry);
            TimeGauge.builder(
                            "postern.delivery.queue.oldest",
                            () -> seen(channel).oldest().toMillis(),
                            TimeUnit.MILLISECONDS)
                    .tag("channel", channel.id())
                    .register(registry);
        });
    }

    @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        if (queues.isEmpty()) {
            return;
        }
        try {
            seen.putAll(now());
            outage.over();
        } catch (RuntimeException unavailable) {
            outage.met(unavailable);
        }
    }

    /** What waits now, for each channel that is on; throws what Redis throws. */
    Map<Channel, Queue.Depth> now() {
        var depths = new EnumMap<Channel, Queue.Depth>(Channel.class);
        queues.forEach((channel, queue) -> depths.put(channel, queue.look()));
        return depths;
    }

    private Queue.Depth seen(Channel channel) {
        return seen.getOrDefault(channel, NOTHING);
    }
}
