package io.postern.demo.page;

import java.util.Arrays;
import java.util.Optional;

/** How the pretend SMS provider may be told to behave. */
public enum ProviderMood {
    TAKES("takes every message"),
    FAILS("fails with an error of its own (500)"),
    REFUSES("refuses the number (400)"),
    HANGS("never answers"),
    ANSWERS_LATE("takes it and answers four seconds later");

    private final String words;

    ProviderMood(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    public static Optional<ProviderMood> of(String name) {
        return Arrays.stream(values()).filter(mood -> mood.name().equals(name)).findFirst();
    }
}
