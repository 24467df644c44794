package io.postern.ops;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a run must not leave anywhere. */
final class Secrets {
    private final Set<String> seen = new ConcurrentSkipListSet<>();

    /** Remembers a secret; gives it back. */
    String add(String secret) {
        seen.add(secret);
        return secret;
    }

    /** @throws AssertionError naming the place and the secret when one of them stands in the text, as a word of its own */
    void requireNoneIn(String place, String text) {
        // Neither digits nor a decimal point beside it: a code is not found in the middle of a measured number.
        var any = seen.stream().map(Pattern::quote).collect(Collectors.joining("|", "(?<![\\w.])(?:", ")(?![\\w.])"));
        var found = Pattern.compile(any).matcher(text);
        assertTrue(!found.find(), () -> place + " holds " + found.group());
    }
}
