package io.postern.crypto;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;

/** The two sources that everything else is handed: time and chance. Both are made at run time, never at build time. */
final class Providers {

    private Providers() {}

    /** Counts whole milliseconds, which every store keeps: a time reads the same when it is made and ever after. */
    @Produces
    @Singleton
    static Clock clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    @Produces
    @Singleton
    static SecureRandom random() {
        return new SecureRandom();
    }
}
