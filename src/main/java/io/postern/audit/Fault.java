package io.postern.audit;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The first thing that is wrong with a chain.
 *
 * @param sequence the place in the chain
 * @param row the row that is there; null where none is
 */
record Fault(
        Kind kind,
        long sequence,
        @Nullable Long row,
        @Nullable Instant at) {

    enum Kind {
        /** A row is not as it was sealed. */
        CHANGED,
        /** A row is gone, with rows behind it. */
        MISSING,
        /** A row is there that was never sealed at this place. */
        INSERTED,
        /** A row stands at another's place. */
        REORDERED,
        /** The newest rows are gone. */
        TAIL_CUT,
        /** What says where the chain ends is gone or was changed. */
        HEAD_CHANGED,
        /** The chain is whole in itself, and not the one that was known. */
        REPLACED;

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Fault at(long sequence, Kind kind) {
        return new Fault(kind, sequence, null, null);
    }

    static Fault of(Sealed row, Kind kind) {
        return new Fault(kind, row.link().sequence(), row.row().id(), row.row().at());
    }

    /** A row with what it was sealed with. */
    record Sealed(Row row, Link link, String keyId) {}
}
