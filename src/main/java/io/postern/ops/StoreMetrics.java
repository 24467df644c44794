package io.postern.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.postern.store.Scripts;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * Whether this copy reaches its stores, as readiness asks: {@code postern_store_up}, 1 or 0 by {@code store}. Looked at every
 * few seconds, so that a store that hangs holds up nobody who reads metrics.
 */
@Singleton
class StoreMetrics {

    private static final int SECONDS_TO_ANSWER = 1;

    private final DataSource postgres;
    private final Scripts redis;
    private final MeterRegistry registry;
    private volatile double postgresUp = Double.NaN;
    private volatile double redisUp = Double.NaN;

    StoreMetrics(DataSource postgres, RedisDataSource redis, MeterRegistry registry) {
        this.postgres = postgres;
        this.redis = Scripts.inBackground(redis);
        this.registry = registry;
    }

    void start(@Observes StartupEvent start) {
        gauge("postgres", () -> postgresUp);
        gauge("redis", () -> redisUp);
    }

    private void gauge(String store, Supplier<Number> up) {
        Gauge.builder("postern.store.up", up)
                .description("Whether this copy reaches the store; not a number before the first look")
                .tag("store", store)
                .register(registry);
    }

    @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void lookAtPostgres() {
        try (var connection = postgres.getConnection()) {
            postgresUp = connection.isValid(SECONDS_TO_ANSWER) ? 1 : 0;
        } catch (SQLException unavailable) {
            postgresUp = 0;
        }
    }

    @Scheduled(every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void lookAtRedis() {
        try {
            redisUp = RedisReadiness.isSafe(redis) ? 1 : 0;
        } catch (RuntimeException unavailable) {
            redisUp = 0;
        }
    }
}
