package io.postern.input;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RULES B3. */
final class TextValidatorTest {

    private static final int MAX = 128;

    @ParameterizedTest
    @ValueSource(
            strings = {"a", "owner", "a b", "ä", "e\u0301", "😀", "‏ש", "a\u200bb", "'; drop table subject; --", "a/b"})
    void textIsTakenAsItIs(String text) {
        assertTrue(TextValidator.isText(text, MAX));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0",
                "a\0b",
                "a\nb",
                "a\r\nb",
                "a\tb",
                "\u001b[0m",
                "a\u007fb",
                "a\u0085b",
                "a\u2028b",
                "a\u2029b",
            })
    void controlCharactersAreRefused(String text) {
        assertFalse(TextValidator.isText(text, MAX));
    }

    @ParameterizedTest
    @ValueSource(strings = {" a", "a ", "\u00a0a", "a\u3000", " ", "\u2003"})
    void outerSpacesAreRefused(String text) {
        assertFalse(TextValidator.isText(text, MAX));
    }

    /** Made here, for a compiler writes no lone surrogate into a class file. */
    @Test
    void loneSurrogatesAreRefused() {
        assertFalse(TextValidator.isText("a" + (char) 0xd800, MAX));
        assertFalse(TextValidator.isText((char) 0xdc00 + "a", MAX));
        assertFalse(TextValidator.isText("" + (char) 0xdc00 + (char) 0xd800, MAX));
    }

    @ParameterizedTest
    @ValueSource(ints = {0xfffd, 0xfffe, 0xffff, 0x1fffe, 0x10ffff})
    void whatIsNoCharacterIsRefused(int codePoint) {
        assertFalse(TextValidator.isText("a" + Character.toString(codePoint) + "b", MAX));
    }

    @Test
    void lengthIsBounded() {
        assertFalse(TextValidator.isText("", MAX));
        assertTrue(TextValidator.isText("a".repeat(MAX), MAX));
        assertFalse(TextValidator.isText("a".repeat(MAX + 1), MAX));
        assertTrue(TextValidator.isText("😀".repeat(MAX / 2), MAX));
        assertFalse(TextValidator.isText("😀".repeat(MAX / 2 + 1), MAX));
    }
}
