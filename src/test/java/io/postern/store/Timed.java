package io.postern.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.harness.Answer;
import java.time.Duration;
import java.util.function.Supplier;

/** A call in an outage, with how long its answer took. */
record Timed(Endpoint endpoint, Answer answer, Duration took) {
    /** DESIGN section 6 says two seconds; the rest is the client's and that of a busy machine. */
    private static final Duration IN_TIME = Duration.ofSeconds(4);

    static Timed of(Endpoint endpoint, Supplier<Answer> call) {
        long begin = System.nanoTime();
        var answer = call.get();
        return new Timed(endpoint, answer, Duration.ofNanos(System.nanoTime() - begin));
    }

    /** The store's failure where the endpoint needs the store, else an answer of its own; in time in either case. */
    void requireToldInTime(Outage outage) {
        assertTrue(took.compareTo(IN_TIME) <= 0, () -> outage + ": " + this);
        if (!endpoint.needs(outage)) {
            assertTrue(answer.status() < 500, () -> outage + ": " + this);
            return;
        }
        if (endpoint == Endpoint.TOKEN) { // RFC 6749
            assertEquals("temporarily_unavailable", answer.expect(503).text("error"));
            assertEquals("no-store", answer.header("Cache-Control").orElse(""));
        } else {
            answer.expectProblem(503, "store_unavailable");
        }
        assertTrue(answer.header("Retry-After").isPresent(), () -> outage + ": " + this);
    }
}
