package io.postern.factor;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How strong a proof is (RULES A1), the weakest first. */
public enum Level {
    REMEMBERED(0),
    CODE_BY_EMAIL(1),
    SECOND_FACTOR(2),
    PHISHING_RESISTANT(3);

    private static final String PREFIX = "urn:postern:level:";

    private final int number;

    Level(int number) {
        this.number = number;
    }

    /** 0 to 3. */
    public int number() {
        return number;
    }

    /** The value of the {@code acr} claim. */
    public String acr() {
        return PREFIX + number;
    }

    /** The level of an {@code acr} value; empty when there is no such level. */
    public static Optional<Level> ofAcr(@Nullable String acr) {
        for (var level : values()) {
            if (level.acr().equals(acr)) {
                return Optional.of(level);
            }
        }
        return Optional.empty();
    }

    public boolean atLeast(Level other) {
        return number >= other.number;
    }
}
