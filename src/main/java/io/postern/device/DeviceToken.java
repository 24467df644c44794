package io.postern.device;

import java.util.UUID;

/**
 * A token of a series, known to be one that was issued for its subject: which does not say that it is still good.
 *
 * @param series the device's id
 * @param secret 256 bits in base64url
 * @param text what the computer keeps
 */
public record DeviceToken(UUID series, String secret, String text) {

    /** Tells no secret. */
    @Override
    public String toString() {
        return "DeviceToken[" + series + "]";
    }
}
