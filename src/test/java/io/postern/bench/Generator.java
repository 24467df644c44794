package io.postern.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/** Makes calls on a number of connections, for a bounded time. */
final class Generator {
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);
    private static final int DIGITS = 3;

    private final URI service;
    private final String token;
    private final int connections;

    Generator(URI service, String token, int connections) {
        this.service = service;
        this.token = token;
        this.connections = connections;
    }

    /**
     * What came of it.
     *
     * @param latency of the calls that went well, in ns
     * @param failures what went wrong, one line each
     */
    record Outcome(Histogram latency, List<String> failures, Duration elapsed) {
        double perSecond() {
            return latency.getTotalCount() * 1e9 / elapsed.toNanos();
        }
    }

    /** Each connection calls again as soon as it has its answer: the highest throughput. */
    Outcome closedLoop(Call call, Duration time) {
        return run(call, System.nanoTime() + time.toNanos(), System::nanoTime);
    }

    /**
     * Calls begin on a schedule, whatever became of those before. A call that finds no free connection begins late, and its
     * latency counts from when it should have begun, so that a slow service cannot hide the calls it kept from being made.
     */
    Outcome openLoop(Call call, Duration time, double perSecond) {
        long start = System.nanoTime();
        AtomicLong number = new AtomicLong();
        return run(call, start + time.toNanos(), () -> {
            long intended = start + (long) (number.getAndIncrement() * 1e9 / perSecond);
            for (long early = intended - System.nanoTime(); early > 0; early = intended - System.nanoTime()) {
                LockSupport.parkNanos(early);
            }
            return intended;
        });
    }

    /** @param pace waits until a call is to begin and tells that time */
    private Outcome run(Call call, long end, LongSupplier pace) {
        long start = System.nanoTime();
        Outcome sum = new Outcome(new Histogram(LONGEST, DIGITS), new ArrayList<>(), Duration.ZERO);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Outcome>> parts = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                parts.add(threads.submit(() -> oneConnection(call, end, pace)));
            }
            for (Future<Outcome> part : parts) {
                sum.latency().add(part.get().latency());
                sum.failures().addAll(part.get().failures());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Outcome(sum.latency(), sum.failures(), Duration.ofNanos(System.nanoTime() - start));
    }

    private Outcome oneConnection(Call call, long end, LongSupplier pace) {
        Histogram latency = new Histogram(LONGEST, DIGITS);
        List<String> failures = new ArrayList<>();
        try {
            boolean more = true;
            while (more) {
                more = untilFailure(call, end, pace, latency, failures);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The service takes no connection", e);
        }
        return new Outcome(latency, failures, Duration.ZERO);
    }

    /** True when it ended with a failed call and has time left for another connection. */
    private boolean untilFailure(Call call, long end, LongSupplier pace, Histogram latency, List<String> failures)
            throws IOException {
        try (HttpConnection connection = new HttpConnection(service, token)) {
            for (long begin = pace.getAsLong(); begin < end; begin = pace.getAsLong()) {
                try {
                    if (!call.run(connection)) {
                        return false;
                    }
                    latency.recordValue(Math.min(LONGEST, System.nanoTime() - begin));
                } catch (IOException e) {
                    failures.add(e.toString());
                    return true;
                }
            }
            return false;
        }
    }
}
