package io.postern.factor;

/**
 * What the store has of a factor.
 *
 * @param secret opened
 * @param spentCodes a bit for each code that was used, of a factor with a set of them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Stored(byte[] secret, long spentCodes) {

    /** Tells no secret. */
    @Override
    public String toString() {
        return "Stored[…]";
    }
}
