package io.postern.ops;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Locale;

/**
 * Starts a copy. What it says and writes has no language of the machine: numbers in SQL and codes have ASCII digits, and callers
 * are told in English what is wrong, wherever it runs.
 */
@QuarkusMain
public final class Main {
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ENGLISH);
        Quarkus.run(arguments);
    }
}
