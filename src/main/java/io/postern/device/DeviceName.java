package io.postern.device;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Names a computer after its browser and system, such as {@code Firefox on Windows}, until the person finds a better name.
 * Browsers claim to be others before they say who they are, so the most particular word counts.
 */
final class DeviceName {

    /** What is named when a word stands in the user agent. */
    private record Word(String word, String name) {}

    private static final List<Word> BROWSERS = List.of(
            new Word("Edg/", "Edge"),
            new Word("EdgA/", "Edge"),
            new Word("EdgiOS/", "Edge"),
            new Word("OPR/", "Opera"),
            new Word("Opera", "Opera"),
            new Word("SamsungBrowser/", "Samsung Internet"),
            new Word("Vivaldi/", "Vivaldi"),
            new Word("Firefox/", "Firefox"),
            new Word("FxiOS/", "Firefox"),
            new Word("CriOS/", "Chrome"),
            new Word("Chromium/", "Chromium"),
            new Word("Chrome/", "Chrome"),
            new Word("Safari/", "Safari"));

    private static final List<Word> SYSTEMS = List.of(
            new Word("iPhone", "iPhone"),
            new Word("iPad", "iPad"),
            new Word("Android", "Android"),
            new Word("CrOS", "ChromeOS"),
            new Word("Windows", "Windows"),
            new Word("Macintosh", "macOS"),
            new Word("Linux", "Linux"),
            new Word("X11", "Unix"));

    private DeviceName() {}

    static String of(@Nullable String userAgent) {
        var text = userAgent == null ? "" : userAgent;
        var browser = first(BROWSERS, text::contains);
        var system = first(SYSTEMS, text::contains);
        return browser.orElse("Unknown browser")
                + system.map(name -> " on " + name).orElse("");
    }

    private static Optional<String> first(List<Word> words, Predicate<String> given) {
        return words.stream()
                .filter(word -> given.test(word.word()))
                .map(Word::name)
                .findFirst();
    }
}
