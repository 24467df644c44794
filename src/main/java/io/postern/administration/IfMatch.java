package io.postern.administration;

import io.postern.problem.FieldError;
import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An {@code If-Match} header (RFC 9110 section 13.1.1): any version, or one of those named. Weak tags are compared strongly
 * (section 8.8.3.2), which means that none of them matches.
 */
record IfMatch(boolean any, Set<String> tags) {

    static final String HEADER = "If-Match";
    private static final Pattern FORM =
            Pattern.compile("[ \\t]*(W/)?\"[!#-~\\x80-\\xff]*\"[ \\t]*(,[ \\t]*(W/)?\"[!#-~\\x80-\\xff]*\"[ \\t]*)*");
    private static final Pattern TAG = Pattern.compile("(W/)?\"[!#-~\\x80-\\xff]*\"");

    /** @throws Problem {@code version_required} when it is missing, {@code malformed_request} */
    static IfMatch of(@Nullable String header) {
        if (header == null) {
            throw Problem.of(ProblemCode.VERSION_REQUIRED);
        }
        if (header.strip().equals("*")) {
            return new IfMatch(true, Set.of());
        }
        if (!FORM.matcher(header).matches()) {
            var error = new FieldError(HEADER, "must be * or entity tags in quotes");
            throw Problem.of(ProblemCode.MALFORMED_REQUEST).with("errors", List.of(error));
        }
        var tags = new HashSet<String>();
        TAG.matcher(header).results().forEach(result -> tags.add(result.group()));
        return new IfMatch(false, tags);
    }

    /** The entity tag of a version. */
    static String tag(long version) {
        return "\"" + version + "\"";
    }

    boolean matches(long version) {
        return any || tags.contains(tag(version));
    }
}
