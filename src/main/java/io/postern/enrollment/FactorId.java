package io.postern.enrollment;

import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import java.util.UUID;

/** The id of a factor in a path. */
final class FactorId {

    private FactorId() {}

    /**
     * Ids are opaque to callers: one that cannot be ours is an unknown one.
     *
     * @throws Problem {@code not_found}
     */
    static UUID of(String text) {
        try {
            var id = UUID.fromString(text);
            if (id.toString().equals(text)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            // no UUID at all
        }
        throw Problem.of(ProblemCode.NOT_FOUND);
    }
}
