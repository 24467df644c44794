package io.postern.message;

import java.text.Normalizer;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The text of a code by SMS: one segment, for which the application's name is shortened. The last line binds the code to the
 * front end's host (WICG, "Origin-bound one-time codes delivered via SMS").
 */
final class SmsText {

    /** What is left of a name at worst. */
    static final int SHORTEST_NAME = 10;

    private static final String CUT = "...";

    /** Letters and signs with a usual way to write them in the GSM alphabet that no decomposition knows. */
    private static final Map<Integer, String> SPELLINGS = Map.ofEntries(
            spelling("‘", "'"),
            spelling("’", "'"),
            spelling("“", "\""),
            spelling("”", "\""),
            spelling("„", "\""),
            spelling("«", "\""),
            spelling("»", "\""),
            spelling("–", "-"),
            spelling("—", "-"),
            spelling("‐", "-"),
            spelling("Œ", "OE"),
            spelling("œ", "oe"),
            spelling("Ł", "L"),
            spelling("ł", "l"),
            spelling("Đ", "D"),
            spelling("đ", "d"),
            spelling("ı", "i"),
            spelling("ẞ", "SS"));

    private final Template text;
    private final String purpose;
    private final String code;
    private final int minutes;
    private final @Nullable String host;

    SmsText(Template text, String purpose, String code, int minutes, @Nullable String host) {
        this.text = text;
        this.purpose = purpose;
        this.code = code;
        this.minutes = minutes;
        this.host = host;
    }

    /** The text with as much of the name as one segment takes. */
    String of(Branding branding) {
        var name = name(branding);
        var message = with(name);
        for (int length = name.length() - 1; length > 0 && Sms.segments(message) > 1; length--) {
            message = with(name.substring(0, length).strip() + CUT);
        }
        return message;
    }

    /** The text with this name, however long it gets. */
    String with(String name) {
        var values =
                Map.of("application", name, "purpose", purpose, "code", code, "minutes", Integer.toString(minutes));
        var words = text.render(UnaryOperator.identity(), values);
        return host == null ? words : words + "\n@" + host + " #" + code;
    }

    /**
     * The name in letters of the GSM alphabet: accents that it lacks are left out, and so are signs that are no letters. A name
     * that would lose letters gives way to the id.
     */
    static String name(Branding branding) {
        var name = new StringBuilder();
        for (int character : branding.shownName().codePoints().toArray()) {
            var spelled = spell(character);
            if (spelled.isEmpty() && Character.isLetterOrDigit(character)) {
                return branding.id();
            }
            name.append(spelled.isEmpty() && !isMark(character) ? " " : spelled);
        }
        var line = name.toString().strip().replaceAll(" {2,}", " ");
        return line.isEmpty() ? branding.id() : line;
    }

    private static String spell(int character) {
        if (GsmAlphabet.has(character)) {
            return Character.toString(character);
        }
        var usual = SPELLINGS.get(character);
        if (usual != null) {
            return usual;
        }
        var spelled = new StringBuilder();
        Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKD)
                .codePoints()
                .filter(GsmAlphabet::has)
                .forEach(spelled::appendCodePoint);
        return spelled.toString();
    }

    private static boolean isMark(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> true;
            default -> false;
        };
    }

    private static Map.Entry<Integer, String> spelling(String character, String spelled) {
        return Map.entry(character.codePointAt(0), spelled);
    }
}
