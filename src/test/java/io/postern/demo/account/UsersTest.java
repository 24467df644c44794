package io.postern.demo.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.demo.client.MovableClock;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsersTest {
    private final Users users = new Users(new SecureRandom());

    @ParameterizedTest
    @ValueSource(strings = {"owner", "deputy", "editor", "viewer"})
    void everyUserOfTheDemoEntersWithDemo(String name) {
        assertEquals(name, users.authenticate(name, "demo").orElseThrow().id());
    }

    @Test
    void wrongPasswordsAndUnknownNamesAreRefused() {
        assertTrue(users.authenticate("owner", "demo ").isEmpty());
        assertTrue(users.authenticate("owner", "").isEmpty());
        assertTrue(users.authenticate("nobody", "demo").isEmpty());
    }

    @Test
    void changedPasswordTakesThePlaceOfTheOldOne() {
        users.changePassword(users.authenticate("owner", "demo").orElseThrow(), "correct horse");
        assertTrue(users.authenticate("owner", "demo").isEmpty());
        assertTrue(users.authenticate("owner", "correct horse").isPresent());
        assertTrue(users.authenticate("editor", "demo").isPresent());
    }

    @Test
    void eleventhTryForANameFromOneAddressIsRefusedUntilTheWindowIsOver() {
        var clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
        var throttle = new PasswordThrottle(clock);
        for (int i = 0; i < PasswordThrottle.TRIES; i++) {
            assertTrue(throttle.claim("owner", "10.0.0.1"));
        }
        assertFalse(throttle.claim("owner", "10.0.0.1"));
        assertTrue(throttle.claim("owner", "10.0.0.2"));

        clock.advance(PasswordThrottle.WINDOW);
        assertTrue(throttle.claim("owner", "10.0.0.1"));
    }

    @Test
    void rightPasswordForgetsTheTriesBeforeIt() {
        var throttle = new PasswordThrottle(new MovableClock(Instant.parse("2026-03-01T12:00:00Z")));
        for (int i = 0; i < PasswordThrottle.TRIES; i++) {
            throttle.claim("owner", "10.0.0.1");
        }
        throttle.clear("owner", "10.0.0.1");
        assertTrue(throttle.claim("owner", "10.0.0.1"));
    }
}
