package io.postern.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.postern.application.ApiClient;
import io.postern.embedded.Await;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** RULES I1. */
final class RunningChecksTest {
    private static final int CALLS = 20;
    private static final Optional<ApiClient> RIGHT =
            Optional.of(new ApiClient("client", "application", Set.of(), new UUID(0, 1)));

    private final RunningChecks checks = new RunningChecks();
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void rightCredentialsThatComeTogetherAreCheckedOnce() {
        var outcomes = together(() -> RIGHT);
        outcomes.forEach(outcome -> assertEquals(RIGHT, outcome.join()));
        assertEquals(1, done.get());
    }

    @Test
    void wrongCredentialsAreEachChecked() {
        var outcomes = together(Optional::empty);
        outcomes.forEach(outcome -> assertEquals(Optional.empty(), outcome.join()));
        assertEquals(CALLS, done.get());
    }

    @Test
    void problemIsToldToAllWhoWait() {
        var outcomes = together(() -> {
            throw Problem.of(ProblemCode.STORE_UNAVAILABLE);
        });
        for (var outcome : outcomes) {
            var failure = assertThrows(CompletionException.class, outcome::join);
            assertInstanceOf(Problem.class, failure.getCause());
        }
        assertEquals(1, done.get());
    }

    @Test
    void endedCheckIsForgotten() {
        assertEquals(RIGHT, checks.join("key", () -> RIGHT));
        assertEquals(Optional.empty(), checks.join("key", Optional::empty));
    }

    /** Calls with the same key, all of which have come before the first check ends. */
    private List<CompletableFuture<Optional<ApiClient>>> together(Supplier<Optional<ApiClient>> end) {
        var threads = new ConcurrentLinkedQueue<Thread>();
        Executor ownThread = task -> threads.add(Thread.ofVirtual().start(task));
        var allWait = new CountDownLatch(1);
        var outcomes = IntStream.range(0, CALLS)
                .mapToObj(number -> CompletableFuture.supplyAsync(
                        () -> checks.join("key", () -> {
                            done.incrementAndGet();
                            awaitUninterrupted(allWait);
                            return end.get();
                        }),
                        ownThread))
                .toList();
        Await.until(
                Duration.ofSeconds(10),
                "all wait",
                () -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        allWait.countDown();
        return outcomes;
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
