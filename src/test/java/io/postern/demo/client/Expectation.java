package io.postern.demo.client;

import java.time.Duration;
import java.util.Optional;

/**
 * What the front end knows about the challenge that it made, and holds a token against. All of it stays on the server;
 * nothing comes from the browser.
 *
 * @param challenge none where a remembered computer stood in for it
 * @param maxAge how long ago the proof may have been made
 */
public record Expectation(
        String subject,
        Optional<String> challenge,
        String purpose,
        Optional<Action> action,
        String nonce,
        Level least,
        Duration maxAge) {

    /** What to expect of the token of a challenge that was asked for like this. */
    public static Expectation of(ChallengeRequest asked, String challenge, Duration maxAge) {
        // Who passes a challenge has proven something, also where a remembered computer would have done.
        Level least = asked.least().reaches(Level.ONE) ? asked.least() : Level.ONE;
        return of(asked, Optional.of(challenge), least, maxAge);
    }

    /** What to expect of the token of a remembered computer: level 0, and a proof that may be long ago. */
    public static Expectation ofRemembered(ChallengeRequest asked, Duration maxAge) {
        return of(asked, Optional.empty(), Level.ZERO, maxAge);
    }

    private static Expectation of(ChallengeRequest asked, Optional<String> challenge, Level least, Duration maxAge) {
        return new Expectation(
                asked.subject(), challenge, asked.purpose(), asked.action(), asked.nonce(), least, maxAge);
    }
}
