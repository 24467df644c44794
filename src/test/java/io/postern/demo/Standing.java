package io.postern.demo;

import io.postern.demo.account.User;
import io.postern.demo.client.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far somebody has come. It belongs to a session for good: with every step up there is a new session under a new id
 * (OWASP ASVS V7), so that an id from before the step opens nothing after it. Without a session, nobody is anybody.
 */
sealed interface Standing {
    User user();

    /** Where somebody of this standing is led. */
    String path();

    /** How long it lasts at most. */
    Duration lifetime();

    /** The password was right, the second step is open. Opens the code page and nothing else. */
    record AwaitingCode(User user, OpenChallenge challenge) implements Standing {
        @Override
        public String path() {
            return "/code";
        }

        @Override
        public Duration lifetime() {
            return Duration.ofMinutes(15);
        }
    }

    /**
     * The password was right, and a second factor has to be set up before anything else opens.
     *
     * @param graceUntil until when that may be put off; empty where it may not
     */
    record MustEnroll(User user, Optional<Instant> graceUntil) implements Standing {
        @Override
        public String path() {
            return "/enroll";
        }

        @Override
        public Duration lifetime() {
            return Duration.ofMinutes(30);
        }
    }

    /**
     * Everything of this admin area is open.
     *
     * @param proof of the second step; empty where none was asked for
     * @param computer the id of this computer among those that are remembered
     */
    record SignedIn(User user, Instant since, Optional<Proof> proof, Optional<String> computer) implements Standing {
        @Override
        public String path() {
            return "/home";
        }

        @Override
        public Duration lifetime() {
            return Duration.ofHours(8);
        }
    }
}
