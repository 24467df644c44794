package io.postern.factor;

/**
 * What a person typed.
 *
 * @param material what {@link Factor#material} gave
 * @param code without spaces
 * @param wasSent whether it is a code that was sent for this challenge and factor, taken from the store by this answer
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Answer(byte[] material, String code, boolean wasSent) {

    /** Tells nothing. */
    @Override
    public String toString() {
        return "Answer[…]";
    }
}
