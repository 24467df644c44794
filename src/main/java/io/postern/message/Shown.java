package io.postern.message;

import java.util.regex.Pattern;

/** Names and labels as messages may show them, whatever somebody has put into them. */
final class Shown {

    private static final int LONGEST = 64;
    private static final Pattern LINK_JOINT = Pattern.compile("([.:/@])(?=\\S)");

    private Shown() {}

    /**
     * An application's name: one line, no longer than 64 characters. What would begin a line or a header or turn the direction
     * of the text behind it is gone.
     */
    static String name(String name) {
        var line = line(name);
        return line.codePointCount(0, line.length()) <= LONGEST
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST - 1)).strip() + "…";
    }

    /**
     * Text of a person: as a name, and no mail program makes a link of it. Otherwise whoever adds a factor to another's account
     * could have us mail them an address of their choice.
     */
    static String text(String text) {
        return LINK_JOINT.matcher(name(text)).replaceAll("$1\u200b");
    }

    /** Whether the character belongs into no line of text. */
    static boolean isForbidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> false;
        };
    }

    private static String line(String text) {
        var line = new StringBuilder();
        text.codePoints()
                .filter(character -> !turns(character))
                .map(character -> isForbidden(character) ? ' ' : character)
                .forEach(line::appendCodePoint);
        return line.toString().strip().replaceAll(" {2,}", " ");
    }

    /** The explicit embeddings, overrides and isolates of the bidirectional algorithm (UAX #9). */
    private static boolean turns(int character) {
        return (character >= 0x202a && character <= 0x202e) || (character >= 0x2066 && character <= 0x2069);
    }
}
