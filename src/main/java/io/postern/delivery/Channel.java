package io.postern.delivery;

import java.util.Locale;

/** A way for messages. */
public enum Channel {
    EMAIL,
    SMS;

    /** The name in metrics, in the store and in configuration. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
