package io.postern.message;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.delivery.Channel;
import io.postern.delivery.Content;
import io.postern.token.Action;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RULES C4: a code by mail says what it is for, and leads nowhere. */
final class CodeMailTest {

    static final List<String> LANGUAGES = Languages.SPOKEN;

    private static final Pattern LEADS_SOMEWHERE =
            Pattern.compile("https?:|www\\.|href|src=|url\\(|<a |<img|<link|@import", Pattern.CASE_INSENSITIVE);

    private final Messages messages = new Messages();

    private Content mail(CodeMessage message) {
        return messages.code(Channel.EMAIL, message);
    }

    private static String subject(Content mail) {
        return Objects.requireNonNull(mail.subject());
    }

    private static String html(Content mail) {
        return Objects.requireNonNull(mail.html());
    }

    @Test
    void saysWhatAPersonNeedsToKnow() {
        var mail = mail(
                Samples.code(Samples.branding("Shop admin"), "en", new Occasion.StepUp(Action.REMOVE_FACTOR), null));

        assertEquals("Your code for Shop admin", mail.subject());
        assertEquals("""
                This is your code to remove a factor from your account at Shop admin.

                40718265

                The code is good for 10 min.

                If you did not ask for it, somebody may know your password. Do not pass the code on to anybody, and change your password.
                """, mail.text());
    }

    @Test
    void codeIsInTheSubjectOnlyWhereThePolicyWishesIt() {
        for (var language : LANGUAGES) {
            var shop = Samples.branding("Shop admin");
            var shown = mail(new CodeMessage(shop, language, Samples.CODE, new Occasion.SignIn(), 10, true, null));
            var hidden = mail(new CodeMessage(shop, language, Samples.CODE, new Occasion.SignIn(), 10, false, null));

            assertTrue(subject(shown).contains(Samples.CODE) && subject(shown).contains("Shop admin"));
            assertFalse(subject(hidden).contains(Samples.CODE));
            assertTrue(subject(hidden).contains("Shop admin"));
            assertEquals(hidden.html(), shown.html());
        }
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void namesTheApplicationAndEachOccasion(String language) {
        var texts = Occasion.all().stream()
                .map(occasion -> mail(Samples.code(Samples.branding("Shop admin"), language, occasion, null)))
                .map(Content::text)
                .toList();

        assertEquals(texts.size(), texts.stream().distinct().count());
        assertTrue(texts.stream().allMatch(text -> text.contains("Shop admin")), texts::toString);
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void codeIsThereOnceAsPlainDigits(String language) {
        assertAll(everyMail(language).map(mail -> () -> {
            assertEquals(2, mail.text().split(Samples.CODE, -1).length);
            assertTrue(mail.text().lines().anyMatch(Samples.CODE::equals));
            assertEquals(2, html(mail).split(">" + Samples.CODE + "</strong>", -1).length);
            assertEquals(2, html(mail).split(Samples.CODE, -1).length);
        }));
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void leadsNowhereAndLoadsNothing(String language) {
        assertAll(everyMail(language).map(mail -> () -> {
            assertFalse(LEADS_SOMEWHERE.matcher(mail.text()).find(), mail.text());
            assertFalse(LEADS_SOMEWHERE.matcher(html(mail)).find(), html(mail));
        }));
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void bothFormsSayTheSame(String language) {
        assertAll(everyMail(language).map(mail -> () -> assertEquals(mail.text(), Rendered.text(html(mail)))));
    }

    private Stream<Content> everyMail(String language) {
        return Stream.concat(Samples.NAMES.stream(), Rendered.NASTY.stream())
                .flatMap(name -> Occasion.all().stream()
                        .map(occasion -> mail(Samples.code(Samples.branding(name), language, occasion, null))));
    }

    @Test
    void htmlSaysItsLanguageAndNoColours() {
        var html = html(mail(Samples.signIn(Samples.branding("Shop"), "fr-CA")));

        assertTrue(html.startsWith("<!DOCTYPE html>\n<html lang=\"fr\">"), html);
        assertTrue(html.contains("<title>Votre code pour Shop</title>"), html);
        assertTrue(html.contains("name=\"color-scheme\" content=\"light dark\""), html);
        assertFalse(html.matches("(?s).*[^-]color:.*|.*background.*"), html);
        assertTrue(html.length() < 2_000);
    }

    @Test
    void namesAreEscaped() {
        var html = html(mail(Samples.signIn(Samples.branding("<script>alert(\"1\")</script> & 'Co'"), "en")));

        assertFalse(html.contains("<script"), html);
        assertTrue(
                html.contains("<bdi>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;Co&#39;</bdi>"), html);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Shop\r\nBcc: eve@example.com", "Shop\nBcc: eve@example.com", "Shop\u0085Bcc:", "Shop\u2028Bcc:"
            })
    void nameAddsNoHeaderAndNoLine(String name) {
        var plain = mail(Samples.signIn(Samples.branding("Shop"), "en"));
        var mail = mail(
                new CodeMessage(Samples.branding(name), "en", Samples.CODE, new Occasion.SignIn(), 10, true, null));

        assertTrue(subject(mail).startsWith(Samples.CODE + " is your code for Shop Bcc:"), mail.subject());
        assertTrue(subject(mail).chars().noneMatch(Shown::isForbidden), mail.subject());
        assertEquals(plain.text().lines().count(), mail.text().lines().count());
    }

    @Test
    void nameOfNothingGivesWayToTheId() {
        assertEquals(
                "Your code for shop-admin",
                mail(Samples.signIn(Samples.branding("\u202e \n"), "en")).subject());
    }

    @Test
    void endlessNameIsCutBetweenCharacters() {
        var mail = mail(Samples.signIn(Samples.branding("🛒".repeat(200)), "en"));

        assertEquals("Your code for " + "🛒".repeat(63) + "…", mail.subject());
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "de, -, de",
                "de-AT, -, de",
                "DE-at, -, de",
                "es-419, fr, es",
                "zh-Hant-TW, fr-CA, fr",
                "pt, es, es",
                "pt, -, en",
                "EN_us, de, de",
                "-, fr, fr",
                "-, -, en",
                "pt, sv, en",
                "x, !, en",
                "'', '', en"
            })
    void languageFollowsThePersonThenTheApplicationThenEnglish(
            @Nullable String locale, @Nullable String defaultLocale, String language) {
        var shop = new Branding("shop-admin", "Shop", defaultLocale, Overrides.NONE);

        var html = html(mail(Samples.signIn(shop, locale)));

        assertTrue(html.contains("<html lang=\"" + language + "\">"), html);
    }

    @Test
    void whatIsNoCodeMessageIsRefused() {
        var shop = Samples.branding("Shop");
        var signIn = new Occasion.SignIn();
        for (var code : List.of("12345", "123456789", "12345a", "123 456", "١٢٣٤٥٦")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new CodeMessage(shop, "en", code, signIn, 10, false, null),
                    code);
        }
        for (var minutes : List.of(0, 100)) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new CodeMessage(shop, "en", "123456", signIn, minutes, false, null));
        }
        for (var host :
                List.of("", "Shop.example", "shop.example:443", "https://shop.example", "a".repeat(41), "a\nb")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new CodeMessage(shop, "en", "123456", signIn, 10, false, host),
                    host);
        }
    }

    @Test
    void codeIsNotShownInLogs() {
        var message = Samples.signIn(Samples.branding("Shop"), "en");

        assertFalse(message.toString().contains(Samples.CODE));
    }
}
