package io.postern.message;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The languages that Postern speaks by itself. Read once; a file that is missing or not valid fails all uses. */
final class Languages {

    /** For those whose language nobody knows. */
    static final String LAST_RESORT = "en";

    static final List<String> SPOKEN = List.of(LAST_RESORT, "fr", "es", "de");

    private static final Pattern TAG = Pattern.compile("([A-Za-z]{2,3})(-[A-Za-z0-9]{1,8})*");
    private static final Map<String, Map<String, String>> SOURCES =
            SPOKEN.stream().collect(Collectors.toUnmodifiableMap(language -> language, Languages::load));
    private static final Map<String, Texts> TEXTS = SPOKEN.stream()
            .collect(Collectors.toUnmodifiableMap(
                    language -> language, language -> new Texts(language, source(language))));

    private Languages() {}

    /** The texts of a language; empty when Postern does not speak it. */
    static Optional<Texts> texts(String language) {
        return Optional.ofNullable(TEXTS.get(language));
    }

    /** The texts of a language as they are written; none when Postern does not speak it. */
    static Map<String, String> source(String language) {
        return SOURCES.getOrDefault(language, Map.of());
    }

    /** The language of a tag (BCP 47), in lower case; empty when the tag is none. */
    static Optional<String> of(@Nullable String tag) {
        if (tag == null) {
            return Optional.empty();
        }
        var parts = TAG.matcher(tag);
        return parts.matches() ? Optional.of(parts.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static Map<String, String> load(String language) {
        var name = "/messages/" + language + ".properties";
        try (var stream = Languages.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing");
            }
            var properties = new Properties();
            properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
            var texts = new HashMap<String, String>();
            properties.forEach((key, text) -> texts.put((String) key, (String) text));
            return Map.copyOf(texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
