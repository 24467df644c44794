package io.postern.delivery;

/**
 * Where the state of a delivery is told to those who look: a field of a hash in Redis, written while the hash is there.
 *
 * @param key of the hash, with its slot tag
 */
public record Receipt(String key, String field) {}
