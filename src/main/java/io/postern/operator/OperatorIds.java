package io.postern.operator;

import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import java.util.Optional;
import java.util.UUID;

/** Ids of operators as callers give them. */
final class OperatorIds {

    private OperatorIds() {}

    /** Empty for one that cannot be ours. */
    static Optional<UUID> find(String text) {
        try {
            var id = UUID.fromString(text);
            return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @throws Problem {@code not_found} */
    static UUID known(String text) {
        return find(text).orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND));
    }
}
