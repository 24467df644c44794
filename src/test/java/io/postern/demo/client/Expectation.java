package io.postern.demo.client;

import java.time.Duration;
import java.util.Optional;

/**
 * What the front end knows about the challenge that it made, and holds a token against. All of it stays on the server;
 * nothing comes from the browser.
 *
 * @param maxAge how long ago the proof may have been made
 */
public record Expectation(
        String subject,
        String challenge,
        String purpose,
        Optional<Action> action,
        String nonce,
        Level least,
        Duration maxAge) {

    /** What to expect of the token of a challenge that was asked for like this. */
    public static Expectation of(ChallengeRequest asked, String challenge, Duration maxAge) {
        return new Expectation(
                asked.subject(), challenge, asked.purpose(), asked.action(), asked.nonce(), asked.least(), maxAge);
    }
}
