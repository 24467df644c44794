package io.postern.factor;

/** What a factor says of an answer. A fault is an exception and never a verdict. */
public sealed interface Verdict {

    /** The answer is right, as the given step; it counts only where that step is not spent yet (RULES C1). */
    record Match(long step) implements Verdict {}

    /** Wrong, but right at a time near by: a failure that spends the step all the same, so no hint helps a guesser. */
    record NearMiss(long step) implements Verdict {}

    /** Wrong. */
    record Mismatch() implements Verdict {}
}
