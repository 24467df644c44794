package io.postern.store;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.runtime.SimpleScheduler;
import jakarta.annotation.Priority;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RedisClientsTest {

    /** The scheduler's tasks ask for clients of Redis in threads of their own, within the second in which it starts. */
    @Test
    void clientsAreMadeBeforeTheSchedulerStarts() {
        assertTrue(priority(RedisClients.class) < priority(SimpleScheduler.class));
    }

    /** Of the one observer of the start; the lowest comes first. */
    private static int priority(Class<?> observer) {
        return Arrays.stream(observer.getDeclaredMethods())
                .filter(RedisClientsTest::observesTheStart)
                .map(method -> method.getParameters()[0].getAnnotation(Priority.class))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static boolean observesTheStart(Method method) {
        return method.getParameterCount() == 1 && method.getParameterTypes()[0].equals(StartupEvent.class);
    }
}
