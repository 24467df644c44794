package io.postern.input;

import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import org.jspecify.annotations.Nullable;

/** See {@link Text}. */
public final class TextValidator implements ConstraintValidator<Text, String> {

    private int max = Integer.MAX_VALUE;

    @Override
    public void initialize(Text text) {
        max = text.max();
    }

    @Override
    public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
        return value == null || isText(value, max);
    }

    /** Whether the value is text of at most so many characters. */
    public static boolean isText(String value, int max) {
        return !value.isEmpty()
                && value.length() <= max
                && value.codePoints().noneMatch(TextValidator::isForbidden)
                && !isSpace(value.codePointAt(0))
                && !isSpace(value.codePointBefore(value.length()));
    }

    private static boolean isForbidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            // U+FFFD stands for bytes that were no text, so it would make many ids one. U+FFFE, U+FFFF and their like
            // are no
            // characters.
            default -> character == 0xfffd || (character & 0xfffe) == 0xfffe;
        };
    }

    private static boolean isSpace(int character) {
        return Character.isWhitespace(character) || Character.isSpaceChar(character);
    }
}
