package io.postern.store;

import io.quarkus.redis.client.RedisClientName;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/**
 * Makes the clients of Redis before anything works beside the start. Each is made when it is first asked for and kept in a map
 * that stands no two threads (Quarkus 3.32): a copy whose queues or tasks began just then would not start.
 */
@Singleton
final class RedisClients {

    static final int BEFORE_THE_SCHEDULER = Interceptor.Priority.PLATFORM_BEFORE - 1;

    private final RedisDataSource redis;
    private final RedisDataSource delivery;

    RedisClients(RedisDataSource redis, @RedisClientName("delivery") RedisDataSource delivery) {
        this.redis = redis;
        this.delivery = delivery;
    }

    /** What is injected are proxies; a call makes what they stand for. */
    void onStart(@Observes @Priority(BEFORE_THE_SCHEDULER) StartupEvent start) {
        redis.getReactive();
        delivery.getReactive();
    }
}
