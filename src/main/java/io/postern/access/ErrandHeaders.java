package io.postern.access;

import io.postern.event.Errand;
import io.postern.input.TextValidator;
import io.postern.problem.FieldError;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who acts and why (RULES F4), in headers: of calls without a body, whose addresses stand in the logs of everything on the
 * way. Headers are ASCII, so other characters, and the percent sign, are percent-encoded UTF-8 (RFC 3986 section 2.1).
 */
public final class ErrandHeaders {

    public static final String ACTOR = "X-Actor";
    public static final String REASON = "X-Reason";

    private static final Pattern ENCODED = Pattern.compile("(?:[ -$&-~]|%[0-9A-Fa-f]{2})*");

    private ErrandHeaders() {}

    /** @throws Problem {@code malformed_request} naming the header that is missing, too short, too long or no text */
    public static Errand read(@Nullable String actor, @Nullable String reason) {
        var errors = new ArrayList<FieldError>();
        var who = text(ACTOR, actor, 1, Errand.MOST_ACTOR, errors);
        var why = text(REASON, reason, Errand.LEAST_REASON, Errand.MOST_REASON, errors);
        if (!errors.isEmpty()) {
            throw Problem.of(ProblemCode.MALFORMED_REQUEST).with("errors", List.copyOf(errors));
        }
        return new Errand(who, why);
    }

    private static String text(String header, @Nullable String value, int least, int most, List<FieldError> errors) {
        var text = Optional.ofNullable(value)
                .flatMap(ErrandHeaders::decode)
                .filter(decoded -> decoded.length() >= least && TextValidator.isText(decoded, most));
        if (text.isEmpty()) {
            errors.add(new FieldError(
                    header,
                    "must be %d to %d characters, those that are not ASCII percent-encoded".formatted(least, most)));
        }
        return text.orElse("");
    }

    private static Optional<String> decode(String value) {
        if (!ENCODED.matcher(value).matches()) {
            return Optional.empty();
        }
        var bytes = ByteBuffer.allocate(value.length());
        for (int at = 0; at < value.length(); at++) {
            if (value.charAt(at) == '%') {
                bytes.put((byte) Integer.parseInt(value, at + 1, at + 3, 16));
                at += 2;
            } else {
                bytes.put((byte) value.charAt(at));
            }
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
