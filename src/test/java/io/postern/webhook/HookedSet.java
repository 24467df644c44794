package io.postern.webhook;

import io.postern.harness.Postern;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Two copies that may call the loopback address and do not wait long. Shared by the tests of this package. */
final class HookedSet {

    static final Map<String, String> ENVIRONMENT = Map.of(
            "POSTERN_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8",
            "POSTERN_WEBHOOK_CONNECT_TIMEOUT", "1s",
            "POSTERN_WEBHOOK_LONGEST_CALL", "2s",
            "POSTERN_WEBHOOK_TAKEOVER", "30s");

    private static final CompletableFuture<Postern> SHARED = new CompletableFuture<>();

    private HookedSet() {}

    static Postern.Options options() {
        var options = Postern.Options.DEFAULT;
        for (var setting : ENVIRONMENT.entrySet()) {
            options = options.withEnvironment(setting.getKey(), setting.getValue());
        }
        return options;
    }

    static synchronized Postern shared() {
        if (!SHARED.isDone()) {
            try {
                var started = Postern.start(options());
                Runtime.getRuntime().addShutdownHook(new Thread(started::close));
                SHARED.complete(started);
            } catch (RuntimeException e) {
                SHARED.completeExceptionally(e);
            }
        }
        return SHARED.join();
    }
}
