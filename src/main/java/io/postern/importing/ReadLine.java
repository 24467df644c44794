package io.postern.importing;

import io.postern.factor.FactorType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a line says, once it was read and judged by itself. */
sealed interface ReadLine {

    /** The number of the line in the file, from 1. */
    long number();

    /** Nothing of it can be stored. */
    record Refused(long number, Refusal refusal) implements ReadLine {}

    /** It can be stored, if the person is as it supposes. */
    record Good(long number, ImportedPerson person, List<Adopted> factors) implements ReadLine {}

    /**
     * A factor in the form in which it is stored, but for the seal.
     *
     * @param destination keyed hash of where codes go; null where none are sent
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Adopted(
            FactorType type,
            String label,
            byte[] secret,
            byte @Nullable [] destination,
            @Nullable Instant verifiedAt) {

        /** Tells nothing. */
        @Override
        public String toString() {
            return "Adopted[…]";
        }
    }
}
