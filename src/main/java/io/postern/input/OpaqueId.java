package io.postern.input;

import io.postern.problem.Problem;
import io.postern.problem.ProblemCode;
import java.util.Optional;
import java.util.UUID;

/** Ids in paths are opaque to callers: one that cannot be ours is an unknown one. */
public final class OpaqueId {

    private OpaqueId() {}

    /** Empty for one that cannot be ours, also for one of ours that is written otherwise. */
    public static Optional<UUID> find(String text) {
        try {
            var id = UUID.fromString(text);
            return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @throws Problem {@code not_found} for one that cannot be ours */
    public static UUID known(String text) {
        return find(text).orElseThrow(() -> Problem.of(ProblemCode.NOT_FOUND));
    }
}
