package io.postern.audit;

import io.postern.access.Caller;
import io.postern.input.TextValidator;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import io.postern.subject.SubjectId;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which events somebody asks for.
 *
 * @param subject the application's own id of the person
 * @param pseudonym the number that stands for a person in the trail, also of one who was erased
 * @param types those events alone; all where there is none
 * @param from the first moment
 * @param to the moment after the last
 * @param newestFirst else the oldest first
 */
record Search(
        @Nullable String subject,
        @Nullable Long pseudonym,
        List<String> types,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String actor,
        boolean newestFirst) {

    static final int DEFAULT_LIMIT = 50;
    static final int MOST = 200;
    static final int MOST_TYPES = 20;
    static final int MAX_ACTOR = 128;

    private static final Set<String> KNOWN = Set.of(
            "subject", "pseudonym", "type", "from", "to", "actor", "order", "limit", "cursor", Caller.APPLICATION);
    private static final Pattern TYPE = Pattern.compile("[a-z_]{1,64}");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final int MOST_DIGITS = 3;

    /**
     * Reads a query. What is not known is refused: a filter that is misspelt must not find everything.
     *
     * @throws Problem {@code malformed_request}, which names the parameter
     */
    static Search of(MultivaluedMap<String, String> query) {
        query.forEach((name, values) -> {
            if (!KNOWN.contains(name)) {
                throw refused(name.length() > 64 ? name.substring(0, 64) : name, "is unknown");
            }
            if (values.size() > (name.equals("type") ? MOST_TYPES : 1)) {
                throw refused(name, "is given too often");
            }
        });
        if (query.containsKey("subject") && query.containsKey("pseudonym")) {
            throw refused("pseudonym", "goes without subject");
        }
        return new Search(
                text(query, "subject", SubjectId.MAX),
                number(query, "pseudonym"),
                types(query),
                time(query, "from"),
                time(query, "to"),
                text(query, "actor", MAX_ACTOR),
                newestFirst(query));
    }

    /** How many events are asked for. */
    static int limit(MultivaluedMap<String, String> query) {
        var text = query.getFirst("limit");
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        int limit = NUMBER.matcher(text).matches() && text.length() <= MOST_DIGITS ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST) {
            throw refused("limit", "must be 1 to " + MOST);
        }
        return limit;
    }

    static Problem refused(String parameter, String message) {
        return Problem.of(ProblemCode.MALFORMED_REQUEST)
                .with("errors", List.of(Map.of("field", parameter, "message", message)));
    }

    private static @Nullable String text(MultivaluedMap<String, String> query, String name, int max) {
        var value = query.getFirst(name);
        if (value != null && !TextValidator.isText(value, max)) {
            throw refused(name, "must be 1 to " + max + " characters without control characters or outer spaces");
        }
        return value;
    }

    private static @Nullable Long number(MultivaluedMap<String, String> query, String name) {
        var value = query.getFirst(name);
        if (value == null) {
            return null;
        }
        if (!NUMBER.matcher(value).matches()) {
            throw refused(name, "must be a number");
        }
        return Long.valueOf(value);
    }

    private static List<String> types(MultivaluedMap<String, String> query) {
        var types = Optional.ofNullable(query.get("type")).orElse(List.of());
        if (!types.stream().allMatch(type -> TYPE.matcher(type).matches())) {
            throw refused("type", "must be the name of an event");
        }
        return types.stream().distinct().sorted().toList();
    }

    private static @Nullable Instant time(MultivaluedMap<String, String> query, String name) {
        var value = query.getFirst(name);
        if (value == null) {
            return null;
        }
        try {
            var time = OffsetDateTime.parse(value);
            if (time.getYear() >= 1 && time.getYear() <= 9999) { // all that RFC 3339 can say
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            // refused below
        }
        throw refused(name, "must be a time as in RFC 3339, such as 2026-01-15T09:30:00Z");
    }

    private static boolean newestFirst(MultivaluedMap<String, String> query) {
        return switch (Optional.ofNullable(query.getFirst("order")).orElse("newest")) {
            case "newest" -> true;
            case "oldest" -> false;
            default -> throw refused("order", "must be newest or oldest");
        };
    }
}
