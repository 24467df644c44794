package io.postern.audit;

import org.jspecify.annotations.Nullable;

/**
 * What a walk along a chain found.
 *
 * @param first the number that the walk began with
 * @param good how many rows from there on are as they were sealed
 * @param head where the chain ends
 */
record Verification(
        long first, long good, Link head, @Nullable Fault fault) {

    boolean isIntact() {
        return fault == null;
    }
}
