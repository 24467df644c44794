package io.postern.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of RFC 9457 thrown from where it is known and rendered in one place. Carries nothing secret: its members go to
 * the caller as they are. Has no stack trace, for it is an answer and no fault.
 */
public final class Problem extends RuntimeException {

    private final ProblemCode code;
    private final Map<String, Object> members;
    private final @Nullable Duration retryAfter;

    private Problem(ProblemCode code, Map<String, Object> members, @Nullable Duration retryAfter) {
        super(code.title(), null, false, false);
        this.code = code;
        this.members = members;
        this.retryAfter = retryAfter;
    }

    public static Problem of(ProblemCode code) {
        return new Problem(code, Map.of(), null);
    }

    /** This problem with one more member in its answer. */
    public Problem with(String member, Object value) {
        var more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new Problem(code, more, retryAfter);
    }

    /** This problem with a {@code Retry-After} of whole seconds, rounded up, at least one (RFC 9110 section 10.2.3). */
    public Problem retryAfter(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new Problem(code, members, Duration.ofSeconds(seconds));
    }

    public ProblemCode code() {
        return code;
    }

    Map<String, Object> members() {
        return members;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
