package io.postern.administration;

import io.postern.problem.FieldError;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a list goes on: the last that was answered, in a form that callers do not take for something to count on. */
final class Cursor {

    /** Values of {@code limit}. */
    static final String LIMIT = "[1-9][0-9]?|100";

    static final String LIMIT_MESSAGE = "must be a number from 1 to 100";
    static final int MOST = 100;
    private static final int USUAL = 50;

    private Cursor() {}

    /** What follows a list; null at its end. */
    static String after(String last) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The last that was answered; null at the start.
     *
     * @throws Problem {@code malformed_request}
     */
    static @Nullable String last(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(cursor);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw refusal();
        }
    }

    static Problem refusal() {
        return Problem.of(ProblemCode.MALFORMED_REQUEST)
                .with("errors", List.of(new FieldError("cursor", "must be the next of an answer")));
    }

    static int limit(@Nullable String limit) {
        return limit == null ? USUAL : Integer.parseInt(limit);
    }
}
