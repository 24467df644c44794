package io.postern.factor;

import java.time.Duration;
import java.time.Instant;

/** What a factor says of an answer. A fault is an exception and never a verdict. */
public sealed interface Verdict {

    /** No step. */
    long NO_STEP = -1;

    /**
     * The answer is right. It counts only where its step is newer than the last one, and its bit is not spent yet
     * (RULES C1, C3).
     *
     * @param step of a code that changes with time, else {@link #NO_STEP}
     * @param bit of a code of a set, else 0
     */
    record Match(long step, long bit) implements Verdict {

        public static Match ofStep(long step) {
            return new Match(step, 0);
        }

        /** @param index of the code in its set, 0 to 62 */
        public static Match ofSet(int index) {
            return new Match(NO_STEP, 1L << index);
        }

        /** Of a code that the claim took from the store already (RULES B5). */
        public static Match ofSentCode() {
            return new Match(NO_STEP, 0);
        }
    }

    /**
     * Wrong, but right at a time near by: a failure that spends the step all the same, so no hint helps a guesser.
     *
     * @param step that the code belongs to
     * @param offset how far the clock that made it seems to be ahead; negative where it is behind
     * @param end of the step: codes of a clock that is right are newer from then on
     */
    record NearMiss(long step, Duration offset, Instant end) implements Verdict {}

    /** Wrong. */
    record Mismatch() implements Verdict {}

    /** Wrong, and aimed at no secret that is there: it does not bring the factor nearer to its lock (RULES D2). */
    record Stray() implements Verdict {}
}
