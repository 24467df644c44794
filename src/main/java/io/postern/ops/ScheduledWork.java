package io.postern.ops;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/**
 * Lets scheduled work begin when all else has started. Quarkus makes the clients of Redis in maps that bear one thread, and work
 * that asked for one meanwhile would now and then end the start of a busy machine's copy.
 */
@Singleton
final class ScheduledWork {

    void begin(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent start, Scheduler scheduler) {
        if (scheduler.isStarted()) { // not where it is switched off
            scheduler.resume();
        }
    }
}
