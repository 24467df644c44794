package io.postern.demo.client;

import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Postern's public keys by their {@code kid}, fetched when first needed, kept for {@link #KEPT} so that a withdrawn key
 * is forgotten, and fetched early when a token names a key that is new to us, but not more often than each
 * {@link #PAUSE}, so that made-up key ids cause no load. Safe for use by many threads.
 */
final class PublishedKeys {
    static final Duration KEPT = Duration.ofMinutes(10);
    static final Duration PAUSE = Duration.ofSeconds(10);

    private record Snapshot(Map<String, PublicKey> keys, Instant fetchedAt) {}

    private final Supplier<String> source;
    private final Clock clock;
    private @Nullable Snapshot current;

    PublishedKeys(Supplier<String> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * @throws TokenRefusedException if no such key is published
     * @throws UnavailableException if the keys cannot be had
     */
    synchronized PublicKey find(String kid) throws TokenRefusedException {
        Snapshot snapshot = current;
        if (snapshot == null || isOlderThan(KEPT, snapshot)) {
            snapshot = fetch();
        }
        if (!snapshot.keys().containsKey(kid) && isOlderThan(PAUSE, snapshot)) {
            snapshot = fetch();
        }
        PublicKey key = snapshot.keys().get(kid);
        if (key == null) {
            throw new TokenRefusedException("its key is not published");
        }
        return key;
    }

    private boolean isOlderThan(Duration age, Snapshot snapshot) {
        return !clock.instant().isBefore(snapshot.fetchedAt().plus(age));
    }

    private Snapshot fetch() {
        Snapshot fetched = new Snapshot(read(source.get()), clock.instant());
        current = fetched;
        return fetched;
    }

    private static Map<String, PublicKey> read(String jwks) {
        var keys = new HashMap<String, PublicKey>();
        try {
            for (JsonWebKey key : new JsonWebKeySet(jwks).getJsonWebKeys()) {
                if (key.getKeyId() != null && key instanceof EllipticCurveJsonWebKey ec && isForSigning(ec)) {
                    keys.put(ec.getKeyId(), ec.getECPublicKey());
                }
            }
        } catch (JoseException e) {
            throw new UnavailableException("Postern's key set cannot be read", e);
        }
        return Map.copyOf(keys);
    }

    /** ES256 is signed on P-256 alone (RFC 7518 section 3.4); a set may hold keys for other uses. */
    private static boolean isForSigning(EllipticCurveJsonWebKey key) {
        return key.getCurveName().equals("P-256")
                && (key.getUse() == null || key.getUse().equals("sig"));
    }
}
