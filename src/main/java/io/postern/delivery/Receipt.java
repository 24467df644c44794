package io.postern.delivery;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/**
 * Where the state of a delivery is told to those who look: a field of a hash in Redis, written while the hash is there. Who
 * makes the hash writes {@link DeliveryState#QUEUED} into the field itself, in the script that stores the code (RULES H1: the
 * digest first, then the message): that costs no round trip. The field belongs to the message that was queued last: of an
 * older one nothing is told any more.
 *
 * @param key of the hash, with its slot tag
 * @param queuedAt the time that stands in the field, in whole ms
 */
@RegisterForReflection
public record Receipt(String key, String field, Instant queuedAt) {}
