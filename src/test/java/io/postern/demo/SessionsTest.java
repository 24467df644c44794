package io.postern.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.demo.Standing.MustEnroll;
import io.postern.demo.Standing.SignedIn;
import io.postern.demo.account.User;
import io.postern.demo.client.MovableClock;
import io.postern.demo.web.RefusedException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SessionsTest {
    private static final User OWNER = new User("owner", "Owner", "owner@example.com", User.ADMINISTRATOR);
    private static final User EDITOR = new User("editor", "Editor", "editor@example.com", "editor");

    private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final Sessions sessions = new Sessions(new SecureRandom(), clock);

    @Test
    void everyRiseOfLevelBringsANewIdAndEndsTheOldOne() {
        Session half = sessions.start(new MustEnroll(OWNER, Optional.empty()));
        Session whole = sessions.raise(half, signedIn(OWNER));

        assertNotEquals(half.id(), whole.id());
        assertTrue(sessions.find(half.id()).isEmpty());
        assertTrue(sessions.find(whole.id()).isPresent());
    }

    @Test
    void sessionThatHasEndedIsNotRaised() {
        Session half = sessions.start(new MustEnroll(OWNER, Optional.empty()));
        sessions.end(half);

        assertThrows(RefusedException.class, () -> sessions.raise(half, signedIn(OWNER)));
    }

    @Test
    void sessionIsRaisedOnce() {
        Session half = sessions.start(new MustEnroll(OWNER, Optional.empty()));
        sessions.raise(half, signedIn(OWNER));

        assertThrows(RefusedException.class, () -> sessions.raise(half, signedIn(OWNER)));
    }

    @Test
    void sessionEndsAfterHalfAnHourWithoutARequest() {
        Session session = sessions.start(signedIn(OWNER));
        clock.advance(Duration.ofMinutes(29));
        assertTrue(sessions.find(session.id()).isPresent());
        clock.advance(Duration.ofMinutes(29));
        assertTrue(sessions.find(session.id()).isPresent());
        clock.advance(Duration.ofMinutes(30));
        assertTrue(sessions.find(session.id()).isEmpty());
    }

    @Test
    void sessionEndsAfterEightHoursHoweverBusy() {
        Session session = sessions.start(signedIn(OWNER));
        for (int i = 0; i < 31; i++) {
            clock.advance(Duration.ofMinutes(15));
            assertTrue(sessions.find(session.id()).isPresent());
        }
        clock.advance(Duration.ofMinutes(15));
        assertTrue(sessions.find(session.id()).isEmpty());
    }

    @Test
    void changeOfFactorsEndsTheOtherSessionsOfThisPersonAlone() {
        Session kept = sessions.start(signedIn(OWNER));
        Session other = sessions.start(signedIn(OWNER));
        Session stranger = sessions.start(signedIn(EDITOR));

        sessions.endOthers(OWNER, kept);

        assertTrue(sessions.find(kept.id()).isPresent());
        assertTrue(sessions.find(other.id()).isEmpty());
        assertTrue(sessions.find(stranger.id()).isPresent());
    }

    @Test
    void secretOfFormsBelongsToOneId() {
        String id = sessions.newId();

        assertTrue(sessions.isFormSecret(id, sessions.formSecret(id)));
        assertFalse(sessions.isFormSecret(id, sessions.formSecret(sessions.newId())));
        assertFalse(sessions.isFormSecret(id, ""));
    }

    @Test
    void idsAreOfOneShapeAndOthersAreNoIds() {
        assertTrue(Sessions.isId(sessions.newId()));
        assertFalse(Sessions.isId("x"));
        assertFalse(Sessions.isId("a".repeat(42) + "\n"));
        assertEquals(43, sessions.newId().length());
    }

    private SignedIn signedIn(User user) {
        return new SignedIn(user, clock.instant(), Optional.empty(), Optional.empty());
    }
}
