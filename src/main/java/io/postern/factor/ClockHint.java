package io.postern.factor;

import io.postern.problem.Problem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Tells a person that the clock of their authenticator is off. Only for a code whose step this very try has spent (RULES C1):
 * then it opens nothing any more, and who guessed it has learned of a code that is dead.
 */
public final class ClockHint {

    private ClockHint() {}

    /**
     * The refusal with {@code clock_offset_seconds} (positive where the clock is ahead, in steps of 30 s), {@code server_time}
     * and {@code next_code_at}: from then on a clock that is right shows codes that are good.
     */
    public static Problem on(Problem refusal, Verdict.NearMiss miss, Instant now) {
        var second = now.truncatedTo(ChronoUnit.SECONDS);
        return refusal.with("clock_offset_seconds", miss.offset().toSeconds())
                .with("server_time", second)
                .with("next_code_at", miss.end().isAfter(second) ? miss.end() : second);
    }
}
