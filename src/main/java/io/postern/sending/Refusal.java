package io.postern.sending;

import io.postern.problem.ProblemCode;
import java.util.Locale;

/** Why a message does not go out. */
enum Refusal {
    COOLDOWN(ProblemCode.TOO_MANY_SENDS),
    SUBJECT(ProblemCode.TOO_MANY_SENDS),
    PROVEN(ProblemCode.TOO_MANY_SENDS),
    NEW_DESTINATIONS(ProblemCode.TOO_MANY_SENDS),
    DESTINATION(ProblemCode.TOO_MANY_SENDS),
    SOURCE(ProblemCode.TOO_MANY_SENDS),
    BUDGET(ProblemCode.SENDING_STOPPED),
    BREAKER(ProblemCode.SENDING_STOPPED),
    SWITCH(ProblemCode.SENDING_STOPPED);

    private final ProblemCode code;

    Refusal(ProblemCode code) {
        this.code = code;
    }

    /** What the caller is told. It does not learn which limit it was: a destination's is shared with other applications. */
    ProblemCode code() {
        return code;
    }

    /** The name in metrics. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
