package io.postern.operator;

import io.postern.crypto.KeyedHash;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The secret of the configuration that makes the first operator. A copy with one that could be guessed does not start. */
@Singleton
final class BootstrapSecret {

    private static final int LEAST = 32;

    private final Optional<String> secret;
    private final KeyedHash hash;

    BootstrapSecret(OperatorConfig config, KeyedHash hash) {
        secret = config.bootstrapSecret();
        this.hash = hash;
    }

    void onStart(@Observes StartupEvent start) {
        if (secret.isPresent() && secret.get().length() < LEAST) {
            throw new IllegalStateException(
                    "postern.operators.bootstrap-secret must have %d characters at least".formatted(LEAST));
        }
    }

    /** The secret, when this is it; empty also when none is configured. */
    Optional<String> match(String given) {
        return secret.filter(known -> tag(known).equals(tag(given)));
    }

    private String tag(String text) {
        return hash.tag("bootstrap secret", text);
    }
}
