package io.postern.demo.client;

import java.util.Arrays;
import java.util.Optional;

/** How much a proof is worth (rule A1), from a remembered computer to a security key; declared in ascending order. */
public enum Level {
    ZERO(0),
    ONE(1),
    TWO(2),
    THREE(3);

    private final String acr;

    Level(int number) {
        this.acr = "urn:postern:level:" + number;
    }

    /** The name of this level in requests and tokens. */
    public String acr() {
        return acr;
    }

    public static Optional<Level> of(String acr) {
        return Arrays.stream(values()).filter(level -> level.acr.equals(acr)).findFirst();
    }

    public boolean reaches(Level least) {
        return compareTo(least) >= 0;
    }
}
