package io.postern.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.postern.crypto.JwkFiles;
import io.postern.crypto.KeyConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;

/**
 * When each key that is to be changed now and then was made: {@code postern_key_created_timestamp_seconds}, seconds since the
 * epoch, by {@code set}, {@code key} (its id) and {@code role}, {@code first} for the one that seals or signs. It is what the
 * member {@code iat} of the key says (in seconds, as in RFC 7519 section 4.1.6); a key that does not say it is not told. The
 * key of keyed hashes never changes and is not told either.
 */
@Singleton
class KeyAges {

    private static final String MADE_AT = "iat";
    private static final String NEVER_CHANGES = "HS256";

    private final KeyConfig config;
    private final MeterRegistry registry;

    KeyAges(KeyConfig config, MeterRegistry registry) {
        this.config = config;
        this.registry = registry;
    }

    void start(@Observes StartupEvent start) {
        tell("ring", config.ringFile());
        tell("verification", config.verificationFile());
        tell("access", config.accessFile());
    }

    private void tell(String set, Path file) {
        List<JsonWebKey> keys = JwkFiles.read(file).stream()
                .filter(key -> !NEVER_CHANGES.equals(key.getAlgorithm()))
                .toList();
        for (var key : keys) {
            var role = key.equals(keys.getFirst()) ? "first" : "other";
            madeAt(key)
                    .ifPresent(seconds -> Gauge.builder("postern.key.created.timestamp", () -> seconds)
                            .description("When the key was made, as its file says")
                            .baseUnit("seconds")
                            .tag("set", set)
                            .tag("key", key.getKeyId())
                            .tag("role", role)
                            .register(registry));
        }
    }

    /** Empty where it is not there or is no time: the key is as good without. */
    private static Optional<Number> madeAt(JsonWebKey key) {
        return key.getOtherParameterValue(MADE_AT, Object.class) instanceof Number seconds
                ? Optional.of(seconds)
                : Optional.empty();
    }
}
