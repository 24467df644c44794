package io.postern.message;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.delivery.Channel;
import io.postern.token.Action;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** RULES C4: a code by SMS is one message that browsers can read. */
final class CodeSmsTest {

    static final List<String> LANGUAGES = Languages.SPOKEN;

    private final Messages messages = new Messages();

    private String sms(CodeMessage message) {
        return messages.code(Channel.SMS, message).text();
    }

    @Test
    void namesTheApplicationAndWhatItIsFor() {
        var shop = Samples.branding("Shop admin");
        var disable = new Occasion.StepUp(Action.DISABLE);

        assertEquals(
                "40718265 is your Shop admin code to sign in. Good for 10 min. Do not pass it on.\n"
                        + "@admin.shop.example #40718265",
                sms(Samples.signIn(shop, "en")));
        assertEquals(
                "40718265 : code Shop admin pour désactiver la double authentification. Valable 10 min. Gardez-le secret.",
                sms(Samples.code(shop, "fr", disable, null)));
        assertEquals(
                "40718265 es su clave de Shop admin para desactivar el doble factor. Vale 10 min. No la comparta.",
                sms(Samples.code(shop, "es", disable, null)));
        assertEquals(
                "40718265: Ihr Code für Shop admin (zweiten Faktor ausschalten), 10 Min. gültig. Bitte nicht weitergeben.",
                sms(Samples.code(shop, "de", disable, null)));
    }

    @Test
    void hasNoSubjectAndNoHtml() {
        var content = messages.code(Channel.SMS, Samples.signIn(Samples.branding("Shop"), "en"));

        assertNull(content.subject());
        assertNull(content.html());
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void namesEachOccasionDifferently(String language) {
        var texts = Occasion.all().stream()
                .map(occasion -> sms(Samples.code(Samples.branding("Shop admin"), language, occasion, null)))
                .toList();

        assertEquals(texts.size(), texts.stream().distinct().count());
        assertTrue(texts.stream().allMatch(text -> text.contains("Shop admin")), texts::toString);
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void isOneSegmentWhateverItSays(String language) {
        assertAll(everySms(language).map(sms -> () -> assertEquals(1, Sms.segments(sms), sms)));
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void lastLineIsTheOneThatBrowsersRead(String language) {
        assertAll(everySms(language).map(sms -> (Executable) () -> {
            var lines = sms.split("\n", -1);
            assertEquals(2, lines.length, sms);
            assertEquals("@" + Samples.LONGEST_HOST + " #" + Samples.CODE, lines[1]);
            assertEquals(2, lines[0].split(Samples.CODE, -1).length, sms);
        }));
    }

    private Stream<String> everySms(String language) {
        return Samples.NAMES.stream()
                .flatMap(name -> Occasion.all().stream()
                        .map(occasion ->
                                sms(Samples.code(Samples.branding(name), language, occasion, Samples.LONGEST_HOST))));
    }

    @Test
    void hasOneLineWithoutAHost() {
        var sms = sms(Samples.code(Samples.branding("Shop"), "en", new Occasion.SignIn(), null));

        assertTrue(sms.lines().count() == 1 && !sms.contains("@"), sms);
    }

    @Test
    void longNameIsCutInLettersOfTheAlphabet() {
        var sms = sms(Samples.code(
                Samples.branding(Samples.NAMES.getFirst()),
                "en",
                new Occasion.StepUp(Action.DISABLE),
                Samples.LONGEST_HOST));

        assertTrue(sms.startsWith("40718265 is your Shop adm... code to turn two-factor authentication off."), sms);
    }

    @Test
    void nameIsCutNoShorterThanItMust() {
        var sms = sms(Samples.signIn(Samples.branding(Samples.NAMES.getFirst()), "en"));

        assertEquals(160, sms.length());
        assertTrue(sms.contains("Shop admin of the northern branches and of all their ware..."), sms);
    }

    @ParameterizedTest
    @CsvSource({
        "Shop admin, Shop admin",
        "Müller & Söhne, Müller & Söhne",
        "Crêperie Œuvre – Çà et là, Creperie OEuvre - Çà et là",
        "São João’s, Sao Joao's",
        "Łódź, Lodz",
        "Shop 🛒 admin 👩‍💻, Shop admin",
        "Магазин, shop-admin",
        "Shop Москва, shop-admin",
        "東京, shop-admin",
        "متجر, shop-admin",
        "🛒, shop-admin"
    })
    void nameIsSpelledInTheAlphabetOrGivesWayToTheId(String name, String spelled) {
        assertEquals(spelled, SmsText.name(Samples.branding(name)));
    }

    @Test
    void nameBeginsNoLineOfItsOwn() {
        var sms = sms(Samples.signIn(Samples.branding("Shop\n@evil.example #00000000"), "en"));

        assertEquals(2, sms.lines().count());
        assertTrue(sms.endsWith("\n@admin.shop.example #40718265"), sms);
    }
}
