package io.postern.subject;

import io.postern.crypto.KeyedHash;
import jakarta.inject.Singleton;

/**
 * The tag that all Redis keys of one subject share, so that one script can touch them on a cluster (RULES H1). It is a keyed
 * hash of 128 bits: it names the subject in Redis and tells nobody who that is.
 */
@Singleton
public final class SlotTags {

    /** Characters of a tag. */
    public static final int LENGTH = 22;

    private final KeyedHash hash;

    public SlotTags(KeyedHash hash) {
        this.hash = hash;
    }

    public String of(String application, String externalId) {
        return hash.tag("subject", application, externalId);
    }
}
