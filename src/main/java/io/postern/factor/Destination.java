package io.postern.factor;

import io.postern.delivery.Channel;
import java.util.Optional;

/**
 * Where codes go.
 *
 * @param value an address, or a number in E.164
 * @param masked as it may be shown: enough for its owner to know it by
 * @param region of a number, after CLDR
 */
public record Destination(Channel channel, String value, String masked, Optional<String> region) {

    /** Tells no more than may be shown. */
    @Override
    public String toString() {
        return masked;
    }
}
