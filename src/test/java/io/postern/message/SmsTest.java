package io.postern.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** 3GPP TS 23.038: the GSM 7-bit default alphabet, its extension table and UCS-2; TS 23.040: what a part of several holds. */
final class SmsTest {

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private static final String EXTENSION = "\f^{}\\[~]|€";

    @Test
    void defaultAlphabetHas127CharactersAndOneEscape() {
        assertEquals(127, BASIC.codePoints().distinct().count());
        BASIC.codePoints()
                .forEach(it ->
                        assertEquals(1, Sms.segments(Character.toString(it).repeat(160))));
        BASIC.codePoints()
                .forEach(it ->
                        assertEquals(2, Sms.segments(Character.toString(it).repeat(161))));
    }

    @Test
    void charactersOfTheExtensionTakeTwoSeptets() {
        EXTENSION
                .codePoints()
                .forEach(it ->
                        assertEquals(1, Sms.segments(Character.toString(it).repeat(80))));
        EXTENSION
                .codePoints()
                .forEach(it ->
                        assertEquals(2, Sms.segments(Character.toString(it).repeat(80) + "a")));
    }

    @Test
    void partsOfALongMessageHold153Septets() {
        assertEquals(2, Sms.segments("a".repeat(306)));
        assertEquals(3, Sms.segments("a".repeat(307)));
    }

    @Test
    void noEscapeSequenceIsDivided() {
        assertEquals(2, Sms.segments("a".repeat(151) + "€" + "a".repeat(153)));
        assertEquals(3, Sms.segments("a".repeat(152) + "€" + "a".repeat(152)));
    }

    @Test
    void oneOtherCharacterMakesItUcs2() {
        for (var other : new String[] {"ç", "ê", "á", "í", "ó", "ú", "…", "’", "я", "中", "`"}) {
            assertEquals(1, Sms.segments("a".repeat(69) + other), other);
            assertEquals(2, Sms.segments("a".repeat(70) + other), other);
        }
        assertEquals(2, Sms.segments("я".repeat(134)));
        assertEquals(3, Sms.segments("я".repeat(135)));
    }

    @Test
    void noSurrogatePairIsDivided() {
        assertEquals(1, Sms.segments("😀".repeat(35)));
        assertEquals(2, Sms.segments("😀".repeat(35) + "a"));
        assertEquals(2, Sms.segments("я".repeat(65) + "😀" + "я".repeat(67)));
        assertEquals(3, Sms.segments("я".repeat(66) + "😀" + "я".repeat(66)));
    }

    @Test
    void nothingIsOneMessage() {
        assertEquals(1, Sms.segments(""));
    }
}
