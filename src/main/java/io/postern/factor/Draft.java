package io.postern.factor;

import org.jspecify.annotations.Nullable;

/**
 * A new factor before it is stored: what to keep sealed, and what the person is shown this once. Two forms, so that what is
 * kept cannot be shown by mistake.
 *
 * @param setup null where there is nothing to show
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Draft(byte[] secret, @Nullable Setup setup) {

    /** Tells nothing. */
    @Override
    public String toString() {
        return "Draft[…]";
    }
}
