package io.postern.administration;

import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import java.util.regex.Pattern;

/** Ids in paths are opaque to callers: one that cannot be ours is an unknown one. */
final class Ids {

    private static final Pattern FORM = Pattern.compile(NewApplication.ID);

    private Ids() {}

    /** Of an application or a client. @throws Problem {@code not_found} */
    static String known(String id) {
        if (!FORM.matcher(id).matches()) {
            throw Problem.of(ProblemCode.NOT_FOUND);
        }
        return id;
    }
}
