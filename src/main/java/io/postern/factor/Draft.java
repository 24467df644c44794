package io.postern.factor;

/**
 * A new factor before it is stored: what to keep sealed, and what the person is shown this once. Two forms, so that what is
 * kept cannot be shown by mistake.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Draft(byte[] secret, Setup setup) {}
