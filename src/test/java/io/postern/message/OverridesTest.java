package io.postern.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.delivery.Channel;
import io.postern.delivery.Content;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An application's own texts replace ours, and are refused where they would break a rule. */
final class OverridesTest {

    private final Messages messages = new Messages();

    private static Overrides german(String key, String text) {
        return Overrides.of(Map.of("de", Map.of(key, text)));
    }

    private static String refusal(Map<String, Map<String, String>> texts) {
        var message = assertThrows(IllegalArgumentException.class, () -> Overrides.of(texts))
                .getMessage();
        return Objects.requireNonNull(message);
    }

    private Content mail(Overrides texts, String locale) {
        return messages.code(Channel.EMAIL, Samples.signIn(new Branding("shop-admin", "Shop", null, texts), locale));
    }

    @Test
    void ownTextsReplaceOursInTheirLanguage() {
        var own = Overrides.of(Map.of(
                "de",
                Map.of(
                        "mail.code.subject", "Anmelden bei {application}",
                        "mail.code.text", "Hallo!\n{purpose}\n\n{code} <- das ist er & \"gut\" für {minutes} Min.",
                        "mail.purpose.sign_in", "Zur Anmeldung:")));

        var mail = mail(own, "de-AT");

        assertEquals("Anmelden bei Shop", mail.subject());
        assertEquals("Hallo!\nZur Anmeldung:\n\n40718265 <- das ist er & \"gut\" für 10 Min.\n", mail.text());
        var html = Objects.requireNonNull(mail.html());
        assertEquals(mail.text(), Rendered.text(html));
        assertTrue(html.contains("Hallo!<br>\nZur Anmeldung:"), html);
        assertTrue(html.contains(" &lt;- das ist er &amp; &quot;gut&quot; für 10 Min."), html);
    }

    @Test
    void whatIsLeftOutStaysOurs() {
        var own = german("mail.code.subject", "Anmelden bei {application}");

        assertEquals(mail(Overrides.NONE, "de").text(), mail(own, "de").text());
        assertEquals(mail(Overrides.NONE, "fr").subject(), mail(own, "fr").subject());
    }

    @Test
    void ownSmsStaysOneSegment() {
        var own = german("sms.code.text", "{code} von {application} für {purpose}. Nicht verraten. {minutes} Min.");
        for (var name : Samples.NAMES) {
            var branding = new Branding("shop-admin", name, null, own);
            for (var occasion : Occasion.all()) {
                var sms = messages.code(Channel.SMS, Samples.code(branding, "de", occasion, Samples.LONGEST_HOST))
                        .text();
                assertEquals(1, Sms.segments(sms), sms);
            }
        }
    }

    @Test
    void anotherLanguageIsSpokenWhereItIsComplete() {
        var portuguese = new HashMap<>(Languages.source("en"));
        portuguese.put("mail.code.subject", "O seu código para {application}");
        var own = Overrides.of(Map.of("pt", portuguese));

        assertEquals("O seu código para Shop", mail(own, "pt-BR").subject());
        assertTrue(Objects.requireNonNull(mail(own, "pt-BR").html()).contains("<html lang=\"pt\">"));

        portuguese.remove("detail.ip");
        assertEquals("texts.pt.detail.ip is missing", refusal(Map.of("pt", portuguese)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mail.code.topic | {code} | is no key of a text",
                "mail.code.subject | {code} | has the unknown placeholder {code}",
                "mail.code.subject | {app} | has the unknown placeholder {app}",
                "notice.factor_added.subject | {label} | has the unknown placeholder {label}",
                "mail.code.subject | Code {application | has a brace that belongs to no placeholder",
                "mail.code.subject | Code } | has a brace that belongs to no placeholder",
                "mail.code.subject | Code {} | has a brace that belongs to no placeholder",
                "mail.code.subject | Code {Application} | has a brace that belongs to no placeholder",
                "mail.code.text | {purpose} | must have {code} once",
                "mail.code.text | {code} | must have {purpose} once",
                "mail.code.text | {purpose} {code} {code} | must have {code} once",
                "mail.code.subject_with_code | {application} | must have {code} once",
                "sms.code.text | {purpose} | must have {code} once",
                "sms.code.text | {code} | must have {purpose} once",
                "notice.factor_added.text | {application} | must have {details} once",
                "detail.label | Name | must have {label} once",
                "mail.code.text | {purpose} {code} https://shop.example | has a link; messages with codes have none",
                "mail.code.text | {purpose} {code} HTTP://shop.example | has a link; messages with codes have none",
                "mail.code.subject | www.shop.example | has a link; messages with codes have none",
                "mail.purpose.sign_in | see Www.shop.example | has a link; messages with codes have none",
                "sms.purpose.sign_in | https://a.example | has a link; messages with codes have none",
                "sms.purpose.sign_in | für Ihre Anmeldung… | has …, which is not in the GSM 7-bit alphabet of SMS",
                "sms.code.text | {code} für {purpose}, ça va | has ç, which is not in the GSM 7-bit alphabet of SMS",
                "mail.code.subject | '' | must have 1 to 200 characters",
                "mail.code.subject | '  ' | must have 1 to 200 characters",
            })
    void whatBreaksARuleIsRefused(String key, String text, String reason) {
        assertEquals("texts.de." + key + " " + reason, refusal(Map.of("de", Map.of(key, text))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "\n", "\u0000", "\t", "\u0085", "\u2028", "\ud800"})
    void controlCharactersAreRefused(String character) {
        for (var key :
                new String[] {"mail.code.subject", "sms.purpose.sign_in", "factor.totp", "notice.email_set.subject"}) {
            assertEquals(
                    "texts.de." + key + " has a control character",
                    refusal(Map.of("de", Map.of(key, "Code" + character + "Bcc: x"))));
        }
        if (!character.equals("\n")) {
            assertEquals(
                    "texts.de.mail.code.text has a control character other than a line feed",
                    refusal(Map.of("de", Map.of("mail.code.text", "{purpose}" + character + "{code}"))));
        }
    }

    @Test
    void smsThatMayTakeTwoIsRefused() {
        var reason = "texts.de.sms.code.text is too long for one SMS with ";
        var words = "{code} {purpose} ";

        var long1 = refusal(Map.of("de", Map.of("sms.code.text", words + "n".repeat(120))));
        var long2 = refusal(Map.of("de", Map.of("sms.purpose.disable", "n".repeat(50))));

        assertTrue(long1.startsWith(reason), long1);
        assertTrue(long2.startsWith(reason + "sms.purpose.disable"), long2);
    }

    @Test
    void smsOfExactlyOneSegmentIsTaken() {
        var purposes = new HashMap<String, String>();
        Occasion.all().forEach(it -> purposes.put(TextKey.smsPurpose(it).id(), "p"));
        // 160 without the last line of 52, the code and the purpose with two spaces
        purposes.put("sms.code.text", "{code} {purpose} " + "n".repeat(160 - 52 - 8 - 1 - 2));
        Overrides.of(Map.of("de", purposes));

        purposes.put("sms.code.text", purposes.get("sms.code.text") + "n");
        assertTrue(refusal(Map.of("de", purposes)).contains("too long for one SMS"));
    }

    @Test
    void endlessTextsAreRefused() {
        assertEquals(
                "texts.de.mail.code.text must have 1 to 2000 characters",
                refusal(Map.of("de", Map.of("mail.code.text", "{purpose}{code}" + "n".repeat(2_000)))));
        assertEquals(
                "texts.de.factor.totp must have 1 to 200 characters",
                refusal(Map.of("de", Map.of("factor.totp", "n".repeat(201)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "de-AT", "DE", "german", "d"})
    void whatIsNoLanguageIsRefused(String language) {
        assertEquals(
                "texts must be listed by languages of two or three small letters",
                refusal(Map.of(language, Map.of("factor.totp", "App"))));
    }

    @Test
    void textsAreReadFromJsonAndWrittenAsTheyWere() throws JsonProcessingException {
        var mapper = new ObjectMapper();
        var json = "{\"de\":{\"factor.totp\":\"App\"}}";

        var read = mapper.readValue(json, Overrides.class);

        assertEquals(german("factor.totp", "App"), read);
        assertEquals(json, mapper.writeValueAsString(read));
        assertEquals("{}", mapper.writeValueAsString(Overrides.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"de\":null}", "{\"de\":{\"factor.totp\":null}}"})
    void nullInJsonIsRefused(String json) {
        var thrown =
                assertThrows(JsonProcessingException.class, () -> new ObjectMapper().readValue(json, Overrides.class));

        assertEquals(
                IllegalArgumentException.class,
                Objects.requireNonNull(thrown.getCause()).getClass());
    }
}
