package io.postern.access;

import io.postern.application.ApiClient;
import io.postern.problem.Problem;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * One check at a time for the same credentials, or clients that start together would count as failures. Whoever waits gets
 * the outcome of the check that ran, a problem too: in an outage all are told at once. Only wrong credentials are each
 * checked, for each counts.
 */
final class RunningChecks {

    private final ConcurrentMap<String, CompletableFuture<Optional<ApiClient>>> running = new ConcurrentHashMap<>();

    /** @throws Problem what this check, or the one that was waited for, has thrown */
    Optional<ApiClient> join(String key, Supplier<Optional<ApiClient>> check) {
        while (true) {
            var own = new CompletableFuture<Optional<ApiClient>>();
            var other = running.putIfAbsent(key, own);
            if (other == null) {
                var _ = own.completeAsync(() -> run(key, check), Runnable::run);
                return outcome(own);
            }
            var shared = outcome(other);
            if (shared.isPresent()) {
                return shared;
            }
        }
    }

    private Optional<ApiClient> run(String key, Supplier<Optional<ApiClient>> check) {
        try {
            return check.get();
        } finally {
            running.remove(key);
        }
    }

    private static Optional<ApiClient> outcome(CompletableFuture<Optional<ApiClient>> check) {
        try {
            return check.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }
}
