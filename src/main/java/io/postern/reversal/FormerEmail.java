package io.postern.reversal;

import io.postern.crypto.Place;
import org.jspecify.annotations.Nullable;

/**
 * The mail address from before a change.
 *
 * @param address null where there was none
 */
public record FormerEmail(@Nullable String address) {

    /** Where it lies, for its seal (RULES H4). */
    public static Place place(long change) {
        return new Place("subject_change", "former_email", Long.toString(change));
    }

    /** Tells no address. */
    @Override
    public String toString() {
        return "FormerEmail[…]";
    }
}
