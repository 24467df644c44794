package io.postern.message;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.factor.FactorType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The files of texts: complete, of the same placeholders, and checked as a whole. */
final class TextsTest {

    static final List<String> LANGUAGES = Languages.SPOKEN;

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void everyKeyHasItsTextAndNoOther(String language) {
        var keys = TextKey.all().stream().map(TextKey::id).collect(Collectors.toSet());

        assertEquals(keys, Languages.source(language).keySet());
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void noKeyStandsTwiceInAFile(String language) throws IOException {
        try (var file = TextsTest.class.getResourceAsStream("/messages/" + language + ".properties")) {
            assertTrue(file != null);
            var lines = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.matches("[a-z_.]+=.*"))
                    .count();
            assertEquals(TextKey.all().size(), lines);
        }
    }

    @Test
    void languagesDifferInNoPlaceholder() {
        assertAll(TextKey.all().stream()
                .flatMap(key -> LANGUAGES.stream()
                        .map(language ->
                                () -> assertEquals(placeholders("en", key), placeholders(language, key), key.id()))));
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void missingTextIsRefused(String language) {
        assertAll(TextKey.all().stream().map(key -> () -> {
            var texts = new HashMap<>(Languages.source(language));
            texts.remove(key.id());
            var refusal = assertThrows(IllegalArgumentException.class, () -> new Texts(language, texts));
            assertEquals("texts." + language + "." + key.id() + " is missing", refusal.getMessage());
        }));
    }

    @Test
    void everyFactorHasItsName() {
        assertAll(Arrays.stream(FactorType.values()).map(type -> () -> TextKey.name(type)));
    }

    @Test
    void everyNoticeHasItsTexts() {
        var sampled = Samples.notices("Phone").stream().map(Object::getClass).collect(Collectors.toSet());
        assertEquals(cases(Notice.class).collect(Collectors.toSet()), sampled);

        var keys = TextKey.all().stream()
                .map(TextKey::id)
                .filter(id -> id.startsWith("notice."))
                .collect(Collectors.toSet());
        var used = Samples.notices("Phone").stream()
                .flatMap(notice -> Stream.of(TextKey.subject(notice), TextKey.text(notice)))
                .map(TextKey::id)
                .collect(Collectors.toSet());
        assertEquals(keys, used);
    }

    private static Stream<Class<?>> cases(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(TextsTest::cases)
                : Stream.of(type);
    }

    private static Set<String> placeholders(String language, TextKey key) {
        var text = Languages.source(language).getOrDefault(key.id(), "");
        return Set.copyOf(Template.parse(text).placeholders());
    }
}
