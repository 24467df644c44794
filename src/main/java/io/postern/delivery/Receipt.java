package io.postern.delivery;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Where the state of a delivery is told to those who look: a field of a hash in Redis, written while the hash is there. Who
 * makes the hash writes {@link DeliveryState#QUEUED} into the field itself, in the script that stores the code (RULES H1: the
 * digest first, then the message): that costs no round trip, and no state can be overtaken by an older one.
 *
 * @param key of the hash, with its slot tag
 */
@RegisterForReflection
public record Receipt(String key, String field) {}
