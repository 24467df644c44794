package io.postern.demo;

import io.postern.demo.client.ProblemException;
import io.postern.demo.client.Proof;
import io.postern.demo.client.RememberedComputer;
import io.postern.demo.page.Words;
import java.time.Duration;
import java.util.Optional;

/** What came of a typed code. */
sealed interface CodeResult {

    /** Nobody can tell whether it was right, so it opens nothing; Postern may have used it up all the same. */
    Again UNKNOWN = new Again(
            503,
            "The code cannot be checked right now, so nothing was opened or changed. Wait a moment, then type the newest code.");

    /**
     * The code was right, and the token for it passed every check.
     *
     * @param token the verification token, which Postern takes once more as the proof of a change
     * @param computer empty where it is not to be remembered
     */
    record Passed(Proof proof, String token, Optional<RememberedComputer> computer) implements CodeResult {
        @Override
        public String toString() {
            return "Passed[" + proof + "]"; // keeps the token out of logs
        }
    }

    /** The person may try once more. */
    record Again(int status, String sentence) implements CodeResult {}

    /** No code will do any longer; the person starts anew. */
    record Ended(int status, String sentence) implements CodeResult {}

    /** Reads a refusal of a code, at a sign-in, a change or a set-up alike. */
    static CodeResult of(ProblemException problem) {
        return switch (problem.status()) {
            case 422 -> problem.code().equals("invalid_code") ? wrong(problem) : UNKNOWN;
            case 429 ->
                new Again(429, "There were too many wrong codes. Try again in " + Words.span(waiting(problem)) + ".");
            case 404, 409, 410 ->
                switch (problem.code()) {
                    case "factor_unavailable" -> new Again(409, "This way cannot be used right now. Use another one.");
                    case "factor_exists" -> new Ended(409, "You have this one already.");
                    default -> new Ended(409, "This has ended, and no code will do any longer.");
                };
            default -> UNKNOWN;
        };
    }

    private static CodeResult wrong(ProblemException problem) {
        if (problem.attemptsRemaining().orElse(1) <= 0) {
            return new Ended(422, "That code was wrong too, and it was the last try.");
        }
        String left = problem.attemptsRemaining().stream()
                .mapToObj(n -> n == 1 ? " One try is left." : " " + n + " tries are left.")
                .findFirst()
                .orElse("");
        return new Again(422, "That code is wrong, or it was used already. Type the newest one." + left);
    }

    private static Duration waiting(ProblemException problem) {
        return problem.retryAfter().orElse(Duration.ofSeconds(30));
    }
}
