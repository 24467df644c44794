package io.postern.message;

import java.util.function.IntUnaryOperator;

/** How short messages are counted. */
public final class Sms {

    private static final Coding GSM = new Coding(160, 153, GsmAlphabet::septets);
    private static final Coding UCS_2 = new Coding(70, 67, Character::charCount);

    private Sms() {}

    /**
     * How many short messages the text is sent as, at least 1, after 3GPP TS 23.038 and the concatenation of TS 23.040: 160
     * septets, or 153 in each of several, where every character is in the GSM 7-bit alphabet; otherwise 70 UTF-16 units, or 67
     * in each of several. No escape sequence and no surrogate pair is divided.
     */
    public static int segments(String text) {
        return (GsmAlphabet.hasAll(text) ? GSM : UCS_2).segments(text);
    }

    /**
     * @param alone units of a message that is one segment
     * @param each units of each segment of a longer one
     * @param units of a character
     */
    private record Coding(int alone, int each, IntUnaryOperator units) {

        int segments(String text) {
            if (text.codePoints().map(units).sum() <= alone) {
                return 1;
            }
            int segments = 1;
            int used = 0;
            for (int character : text.codePoints().toArray()) {
                int width = units.applyAsInt(character);
                if (used + width > each) {
                    segments++;
                    used = 0;
                }
                used += width;
            }
            return segments;
        }
    }
}
