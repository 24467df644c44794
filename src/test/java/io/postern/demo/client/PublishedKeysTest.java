package io.postern.demo.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PublishedKeysTest {
    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final AtomicReference<String> published = new AtomicReference<>("{\"keys\":[]}");
    private final AtomicInteger fetches = new AtomicInteger();
    private final PublishedKeys keys = new PublishedKeys(
            () -> {
                fetches.incrementAndGet();
                return published.get();
            },
            clock);

    @BeforeEach
    void publishTheFirstKey() throws JoseException {
        publish(key("first"));
    }

    @Test
    void keysAreFetchedOnceForManyTokens() throws Exception {
        keys.find("first");
        clock.advance(Duration.ofMinutes(9));
        keys.find("first");

        assertEquals(1, fetches.get());
    }

    @Test
    void newKeyIsFoundWithoutWaiting() throws Exception {
        keys.find("first");
        publish(key("first"), key("second"));
        clock.advance(PublishedKeys.PAUSE);

        keys.find("second");
        assertEquals(2, fetches.get());
    }

    @Test
    void madeUpKeyIdsFetchNoMoreThanEachTenSeconds() throws Exception {
        keys.find("first");
        for (int i = 0; i < 30; i++) {
            String madeUp = "made-up-" + i;
            assertThrows(TokenRefusedException.class, () -> keys.find(madeUp));
            clock.advance(Duration.ofSeconds(1));
        }
        assertEquals(3, fetches.get());
    }

    @Test
    void withdrawnKeyIsForgotten() throws Exception {
        keys.find("first");
        publish(key("second"));
        clock.advance(PublishedKeys.KEPT);

        assertThrows(TokenRefusedException.class, () -> keys.find("first"));
    }

    @Test
    void keysOfOtherKindsAreLeftOut() throws Exception {
        var encrypting = key("encrypting");
        encrypting.setUse("enc");
        var larger = EcJwkGenerator.generateJwk(EllipticCurves.P384);
        larger.setKeyId("larger");
        publish(encrypting, larger);

        assertThrows(TokenRefusedException.class, () -> keys.find("encrypting"));
        assertThrows(TokenRefusedException.class, () -> keys.find("larger"));
    }

    @Test
    void unreadableKeySetIsNoAnswer() {
        published.set("<html>");
        assertThrows(UnavailableException.class, () -> keys.find("first"));
    }

    private void publish(EllipticCurveJsonWebKey... set) {
        published.set(new JsonWebKeySet(set).toJson(OutputControlLevel.PUBLIC_ONLY));
    }

    private static EllipticCurveJsonWebKey key(String id) throws JoseException {
        var key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setKeyId(id);
        return key;
    }
}
