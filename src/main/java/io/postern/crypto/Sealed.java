package io.postern.crypto;

/** A secret as it may be stored: the id of its key, and nonce, ciphertext and tag in one. */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Sealed(String keyId, byte[] bytes) {}
