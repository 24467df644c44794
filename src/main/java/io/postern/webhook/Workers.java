package io.postern.webhook;

import io.postern.delivery.Outage;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Looks each second for what is due and hands each to a thread of its own, never more than are called at once. While there is
 * more, goes on without waiting. No request waits for any of it.
 */
@Singleton
class Workers {

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final WebhookConfig config;
    private final Claims claims;
    private final Courier courier;
    private final Clock clock;
    private final Outage outage = new Outage("The sending of webhooks");
    private final Semaphore free;
    private final Semaphore finished = new Semaphore(0);
    private volatile boolean stopping;

    Workers(WebhookConfig config, Claims claims, Courier courier, Clock clock) {
        this.config = config;
        this.claims = claims;
        this.courier = courier;
        this.clock = clock;
        this.free = new Semaphore(config.workers());
    }

    void start(@Observes StartupEvent start) {
        if (config.workers() < 1
                || config.takeover().compareTo(config.longestCall().multipliedBy(2)) < 0) {
            throw new IllegalStateException(
                    "postern.webhook needs at least one worker, and a takeover of at least twice the longest call");
        }
    }

    /** What was begun is finished; what is not in time is taken over. */
    void stop(@Observes ShutdownEvent stop) {
        stopping = true;
        try {
            var longest = config.longestCall().plusSeconds(1);
            if (!free.tryAcquire(config.workers(), longest.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            free.release(config.workers());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        try {
            while (!stopping && (begin() > 0 || isAtWork())) {
                await();
            }
            outage.over();
        } catch (SQLException | RuntimeException unavailable) {
            outage.met(unavailable);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Claims as many as there are free workers; how many it got. */
    private int begin() throws SQLException {
        int workers = free.drainPermits();
        int idle = workers;
        try {
            if (workers == 0) {
                return 0;
            }
            var taken = clock.instant();
            for (var due : claims.take(workers, config.takeover())) {
                idle--;
                start(due, taken);
            }
            return workers - idle;
        } finally {
            free.release(idle);
        }
    }

    private void start(Due due, Instant taken) {
        Thread.ofVirtual().name("webhook-" + due.id()).start(() -> {
            try {
                courier.carry(due, taken);
            } catch (RuntimeException unavailable) {
                outage.met(unavailable); // it stays claimed until the takeover
            } finally {
                free.release();
                finished.release();
            }
        });
    }

    private boolean isAtWork() {
        return free.availablePermits() < config.workers();
    }

    /** Until one is done, for then its endpoint may have another; or for a moment. */
    private void await() throws InterruptedException {
        if (finished.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
            finished.drainPermits();
        }
    }
}
