package io.postern.demo.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What Postern says to the wish for a challenge. An answer that is none of these lets nobody in. */
public sealed interface ChallengeAnswer {

    /** Two-factor is off for this person: the password is enough. */
    record NotEnrolled() implements ChallengeAnswer {}

    /**
     * Two-factor is off, and the application's policy does not allow that any longer.
     *
     * @param graceUntil until when it may be put off; empty where it may not
     */
    record EnrollmentRequired(Optional<Instant> graceUntil) implements ChallengeAnswer {}

    /** Nobody may sign in as this person until the help desk has looked into it. */
    record Blocked() implements ChallengeAnswer {}

    /**
     * The person passed the second step on this computer not long ago.
     *
     * @param token the verification token, which is worth nothing before it is checked
     */
    record Remembered(String token, RememberedComputer computer) implements ChallengeAnswer {
        @Override
        public String toString() {
            return "Remembered[" + computer + "]"; // keeps the token out of logs
        }
    }

    /** The person has to pass the second step, before {@code expiresAt}. */
    record Pending(String id, List<Factor> factors, Instant expiresAt) implements ChallengeAnswer {
        public Pending {
            factors = List.copyOf(factors);
        }
    }

    static ChallengeAnswer of(JsonNode json) {
        var reply = new Reply(json);
        String status = reply.text("status");
        return switch (status) {
            case "not_enrolled" -> new NotEnrolled();
            case "enrollment_required" -> new EnrollmentRequired(reply.optionalInstant("grace_until"));
            case "blocked" -> new Blocked();
            case "remembered" ->
                new Remembered(
                        reply.text("verification_token"),
                        RememberedComputer.of(reply)
                                .orElseThrow(() -> new UnavailableException("Postern gave no token for the computer")));
            case "pending" ->
                new Pending(reply.text("id"), Factor.listOf(reply.list("factors")), reply.instant("expires_at"));
            default -> throw new UnavailableException("Postern answered a challenge with an unknown status");
        };
    }
}
