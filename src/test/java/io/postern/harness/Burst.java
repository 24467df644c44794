package io.postern.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Calls that all begin at the same moment, each in a thread of its own. */
public final class Burst {
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private Burst() {}

    /** The results in the order of the numbers from 0 to {@code times}. */
    public static <T> List<T> of(int times, IntFunction<T> call) {
        return of(IntStream.range(0, times)
                .<Callable<T>>mapToObj(number -> () -> call.apply(number))
                .toList());
    }

    /**
     * The results in the order of the calls.
     *
     * @throws IllegalStateException when a call fails or the last one has not come back after a minute
     */
    public static <T> List<T> of(List<? extends Callable<T>> calls) {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            for (var call : calls) {
                running.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            start.countDown();
            return collect(running);
        }
    }

    private static <T> List<T> collect(List<Future<T>> running) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        List<T> results = new ArrayList<>();
        try {
            for (var future : running) {
                results.add(future.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
            }
            return results;
        } catch (ExecutionException | TimeoutException e) {
            running.forEach(future -> future.cancel(true));
            throw new IllegalStateException("A call of the burst failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
