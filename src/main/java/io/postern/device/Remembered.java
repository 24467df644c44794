package io.postern.device;

import java.time.Instant;
import java.util.UUID;

/**
 * A computer that is remembered.
 *
 * @param device its id
 * @param token what the computer is to show the next time
 * @param until the fixed end
 * @param provenAt when a second factor was last proven on it
 */
public record Remembered(UUID device, String token, Instant until, Instant provenAt) {

    /** Tells no token. */
    @Override
    public String toString() {
        return "Remembered[" + device + "]";
    }
}
