package io.postern.operator;

import io.postern.crypto.KeyedHash;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.throttle.Throttle;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * What stands before every check of a password: failures are delayed per name and source, and per name over all sources from
 * the hundredth on (NIST SP 800-63B-4 section 3.2.2); a try is counted before it is looked at. Only so many are worked on at
 * once, so that a flood here takes no processor from sign-ins (as RULES I1).
 */
@Singleton
final class PasswordGate {

    /** So many failures of one name from everywhere are without a delay, so that few can keep an operator out. */
    private static final int FREE_OF_A_NAME = 100;

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Throttle throttle;
    private final KeyedHash hash;
    private final Semaphore checks;

    PasswordGate(Throttle throttle, KeyedHash hash, OperatorConfig config) {
        this.throttle = throttle;
        this.hash = hash;
        checks = new Semaphore(config.concurrentChecks());
    }

    /**
     * Checks, and forgets the failures when it was right.
     *
     * @param name what is tried, known or not
     * @param source the address that the call came from
     * @param check empty when it was wrong
     * @throws Problem {@code too_many_attempts}, {@code overloaded}, {@code store_unavailable}
     */
    <T> Optional<T> check(String name, String source, Supplier<Optional<T>> check) {
        return bounded(() -> {
            var here = hash.tag("operator and source", name, source);
            var everywhere = hash.tag("operator", name);
            throttle.charge(here);
            throttle.charge(everywhere, FREE_OF_A_NAME);
            Optional<T> right;
            try {
                right = check.get();
            } catch (RuntimeException outage) {
                // Nothing was compared. Counted, an outage would keep operators out when they are needed.
                throttle.refund(here);
                throttle.refund(everywhere);
                throw outage;
            }
            if (right.isPresent()) {
                throttle.clear(here);
                throttle.clear(everywhere);
            }
            return right;
        });
    }

    /** Works on a password when there is room. @throws Problem {@code overloaded} */
    <T> T bounded(Supplier<T> work) {
        if (!checks.tryAcquire()) {
            throw Problem.of(ProblemCode.OVERLOADED).retryAfter(RETRY);
        }
        try {
            return work.get();
        } finally {
            checks.release();
        }
    }
}
