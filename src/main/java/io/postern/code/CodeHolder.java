package io.postern.code;

import java.time.Instant;

/** What a code is for, and lies with until it ends: a challenge or a pending factor. */
public interface CodeHolder {

    /** What codes are bound to. */
    String id();

    /** The key of its hash in Redis. */
    String key();

    /** When it ends, and its codes with it (RULES B1). */
    Instant end();

    /**
     * Stores a code; false when the holder has ended.
     *
     * @param end of the code
     * @param next when another may be sent
     * @param queuedAt what tells its message from others of the factor, in whole ms
     */
    boolean put(String digest, Instant end, Instant next, Instant queuedAt);
}
