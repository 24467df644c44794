package io.postern.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An application's own texts: by language and key, instead of ours. Plain text with placeholders in braces. Valid as a whole by
 * construction; what is left out stays ours. A language that Postern does not speak is spoken where all keys are given.
 */
@RegisterForReflection
public final class Overrides {

    /** Nothing of its own. */
    public static final Overrides NONE = new Overrides(Map.of());

    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}");

    private final Map<String, Map<String, String>> written;
    private final Map<String, Texts> texts = new HashMap<>();

    private Overrides(Map<String, Map<String, String>> written) {
        var copy = new HashMap<String, Map<String, String>>();
        written.forEach((language, own) -> {
            add(language, own);
            copy.put(language, Map.copyOf(own));
        });
        this.written = Map.copyOf(copy);
    }

    /**
     * Reads texts by language (two or three small letters) and key.
     *
     * @throws IllegalArgumentException saying in a sentence what breaks a rule first
     */
    @JsonCreator
    public static Overrides of(Map<String, Map<String, String>> texts) {
        return texts.isEmpty() ? NONE : new Overrides(texts);
    }

    /** The texts as they were written. */
    @JsonValue
    public Map<String, Map<String, String>> written() {
        return written;
    }

    /** All texts of the language, these before ours; empty when neither the application nor Postern speaks it. */
    Optional<Texts> texts(String language) {
        return Optional.ofNullable(texts.get(language)).or(() -> Languages.texts(language));
    }

    private void add(String language, @Nullable Map<String, String> own) {
        if (own == null) {
            throw new IllegalArgumentException("texts." + language + " must be a list of texts");
        }
        if (!LANGUAGE.matcher(language).matches()) {
            throw new IllegalArgumentException("texts must be listed by languages of two or three small letters");
        }
        var all = new HashMap<>(Languages.source(language));
        all.putAll(own);
        texts.put(language, new Texts(language, all));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Overrides overrides && written.equals(overrides.written);
    }

    @Override
    public int hashCode() {
        return written.hashCode();
    }

    @Override
    public String toString() {
        return "Overrides" + texts.keySet();
    }
}
