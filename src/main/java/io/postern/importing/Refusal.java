package io.postern.importing;

import io.postern.problem.ProblemCode;
import org.jspecify.annotations.Nullable;

/**
 * Why a line is refused. Quotes no value of it.
 *
 * @param factor which of the line's factors is to blame, from 0; null for the line as a whole
 * @param field which field is to blame; null where it is none in particular
 */
record Refusal(
        ProblemCode code,
        @Nullable Integer factor,
        @Nullable String field) {

    static final int LONGEST_FIELD = 100;

    static Refusal of(ProblemCode code) {
        return new Refusal(code, null, null);
    }

    static Refusal ofFactor(ProblemCode code, int factor) {
        return new Refusal(code, factor, null);
    }

    static Refusal malformed(@Nullable String field) {
        var shown = field != null && field.length() > LONGEST_FIELD ? field.substring(0, LONGEST_FIELD) : field;
        return new Refusal(ProblemCode.MALFORMED_REQUEST, null, shown);
    }
}
