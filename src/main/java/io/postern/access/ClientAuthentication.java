package io.postern.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.postern.application.ApiClient;
import io.postern.application.ApiClients;
import io.postern.crypto.KeyedHash;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.throttle.Throttle;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Checks client credentials (RULES I1). Failures are delayed per client and source; only so many checks run at once, so
 * that a flood here takes no connections from sign-ins; a good check is remembered for a minute by its digest. What is
 * remembered is which secret it was: whether that secret is still there, and what its client may do, is read each time, so
 * that no copy takes a secret that was deleted.
 */
@Singleton
final class ClientAuthentication {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ApiClients clients;
    private final Throttle throttle;
    private final KeyedHash hash;
    private final Semaphore checks;
    private final RunningChecks running = new RunningChecks();
    private final Cache<String, ApiClient> good = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(REMEMBERED)
            .build();

    ClientAuthentication(ApiClients clients, Throttle throttle, KeyedHash hash, Config config) {
        this.clients = clients;
        this.throttle = throttle;
        this.hash = hash;
        this.checks = new Semaphore(config.concurrentChecks());
    }

    /**
     * The client of the credentials; empty when they are wrong.
     *
     * @param source the address that the call came from
     * @throws Problem {@code too_many_attempts}, {@code overloaded} or {@code store_unavailable}
     */
    Optional<ApiClient> authenticate(ClientCredentials credentials, String source) {
        var digest = hash.tag("client credentials", credentials.client(), credentials.secret());
        var known = good.getIfPresent(digest);
        if (known != null) {
            return clients.again(known);
        }
        var client = running.join(digest + source, () -> check(credentials, source));
        client.ifPresent(right -> good.put(digest, right));
        return client;
    }

    private Optional<ApiClient> check(ClientCredentials credentials, String source) {
        if (!checks.tryAcquire()) {
            throw Problem.of(ProblemCode.OVERLOADED).retryAfter(RETRY);
        }
        try {
            var tag = hash.tag("client and source", credentials.client(), source);
            throttle.charge(tag);
            var client = lookUp(credentials, tag);
            client.ifPresent(right -> throttle.clear(tag));
            return client;
        } finally {
            checks.release();
        }
    }

    private Optional<ApiClient> lookUp(ClientCredentials credentials, String tag) {
        try {
            return clients.authenticate(credentials.client(), credentials.secret());
        } catch (Problem outage) {
            // Nothing was compared. Counted, an outage of minutes would lock clients out for an hour.
            throttle.refund(tag);
            throw outage;
        }
    }

    /** Bounds of the token endpoint. */
    @ConfigMapping(prefix = "postern.access")
    interface Config {

        /** How many checks of client secrets one copy works on at once; more are answered 503. */
        @WithDefault("8")
        int concurrentChecks();
    }
}
