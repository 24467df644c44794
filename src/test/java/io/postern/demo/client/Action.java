package io.postern.demo.client;

import java.util.Locale;

/** The changes that this admin area makes, each of which needs a proof made for it alone (rule F1). */
public enum Action {
    ADD_FACTOR,
    REMOVE_FACTOR,
    DISABLE,
    NEW_RECOVERY_CODES;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
