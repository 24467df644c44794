package io.postern.message;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.delivery.Content;
import io.postern.factor.FactorType;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** RULES D3, F5: people are told what happened, and what to do if it was not them. */
final class NoticeMailTest {

    static final List<String> LANGUAGES = Languages.SPOKEN;

    private static final Map<String, String> HELP_DESK =
            Map.of("en", "help desk", "fr", "assistance", "es", "servicio de asistencia", "de", "Support");

    private final Messages messages = new Messages();
    private final Branding shop = Samples.branding("Shop admin");

    @Test
    void saysWhatHappenedWhenAndWhence() {
        var mail = messages.notice(Samples.notice(shop, "en", new Notice.FactorAdded(FactorType.TOTP, "My phone")));

        assertEquals("A factor was added to your account at Shop admin", mail.subject());
        assertEquals("""
                A factor was added to your account at Shop admin. From now on it can be used to sign in.

                Factor: Authenticator app
                Name: “My phone”
                Time: 2026-11-22 02:01 UTC
                IP address: 203.0.113.9

                If this was not you, change your password and contact the help desk of Shop admin at once.
                """, mail.text());
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void everyNoticeNamesTheApplicationTheTimeTheSourceAndTheHelpDesk(String language) {
        assertAll(everyMail(language, "Phone").map(mail -> () -> {
            assertTrue(Objects.requireNonNull(mail.subject()).contains("Shop admin"), mail.subject());
            assertTrue(mail.text().contains("Shop admin"), mail.text());
            assertTrue(mail.text().contains("2026-11-22 02:01 UTC\n"), mail.text());
            assertTrue(mail.text().contains("203.0.113.9\n"), mail.text());
            assertTrue(mail.text().contains(HELP_DESK.getOrDefault(language, "?")), mail.text());
        }));
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void noticesOfFactorsNameKindAndLabel(String language) {
        var kind = Languages.source(language).getOrDefault("factor.totp", "?");
        assertAll(Samples.notices("My phone").stream()
                .filter(Notice.OfFactor.class::isInstance)
                .map(notice -> messages.notice(Samples.notice(shop, language, notice)))
                .map(mail -> () -> {
                    assertTrue(mail.text().contains(kind + "\n"), mail.text());
                    assertTrue(mail.text().contains("My phone"), mail.text());
                }));
    }

    @Test
    void labelThatNobodyChoseIsLeftOut() {
        var label = FactorType.TOTP.label();
        var mail = messages.notice(Samples.notice(shop, "de", new Notice.FactorRemoved(FactorType.TOTP, label)));

        assertFalse(mail.text().contains(label), mail.text());
        assertFalse(mail.text().contains("Name:"), mail.text());
    }

    @Test
    void unknownSourceIsLeftOut() {
        var mail = messages.notice(new NoticeMessage(shop, "en", new Notice.TwoFactorDisabled(), Samples.TIME, null));

        assertFalse(mail.text().contains("IP address"), mail.text());
    }

    @Test
    void eachAddressIsToldOfTheOther() {
        var old = messages.notice(Samples.notice(shop, "en", new Notice.EmailReplaced("n•••@example")));
        var now = messages.notice(Samples.notice(shop, "en", new Notice.EmailSet(Optional.of("o•••@example"))));
        var first = messages.notice(Samples.notice(shop, "en", new Notice.EmailSet(Optional.empty())));

        assertTrue(old.text().contains("New address: n•••@"), old.text());
        assertTrue(now.text().contains("Previous address: o•••@"), now.text());
        assertFalse(first.text().contains("Previous address"), first.text());
    }

    @Test
    void codesThatAreLeftAreCounted() {
        var used = messages.notice(Samples.notice(shop, "en", new Notice.RecoveryCodeUsed(0)));
        var low = messages.notice(Samples.notice(shop, "fr", new Notice.RecoveryCodesLow(2)));

        assertTrue(used.text().contains("Recovery codes left: 0\n"), used.text());
        assertTrue(low.text().contains("Codes de secours restants\u00a0: 2\n"), low.text());
    }

    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void bothFormsSayTheSameWhateverTheLabel(String language) {
        assertAll(Rendered.NASTY.stream()
                .flatMap(label -> everyMail(language, label))
                .map(mail -> () -> {
                    var html = Objects.requireNonNull(mail.html());
                    assertEquals(mail.text(), Rendered.text(html));
                    assertFalse(html.contains("<script"), html);
                    assertTrue(html.contains("<html lang=\"" + language + "\">"), html);
                }));
    }

    /** Somebody who adds a factor to another's account must not mail them an address of their choice through us. */
    @Test
    void labelsAndAddressesBecomeNoLinks() {
        var label = new Notice.FactorAdded(FactorType.TOTP, "Wrong? http://evil.example or me@evil.example");
        var mail = messages.notice(Samples.notice(shop, "en", label));
        var address = messages.notice(Samples.notice(shop, "en", new Notice.EmailReplaced("n•••@evil.example")));

        for (String text : List.<String>of(mail.text(), Objects.requireNonNull(mail.html()), address.text())) {
            assertFalse(text.contains("http://") || text.contains("evil.example") || text.contains("@evil"), text);
            assertTrue(text.replace("\u200b", "").contains("evil.example"), text);
        }
    }

    /** RULES F5: in both forms, whatever an application has the notice say. */
    @ParameterizedTest
    @FieldSource("LANGUAGES")
    void linkStandsAtTheEndOfANoticeThatHasOne(String language) {
        var link = URI.create("https://postern.example.com/wasnt-me/" + "a".repeat(43));
        var notice = new Notice.FactorAdded(FactorType.TOTP, "My phone");

        var mail = messages.notice(new NoticeMessage(shop, language, notice, Samples.TIME, null, link));

        var html = Objects.requireNonNull(mail.html());
        assertTrue(mail.text().contains("\n" + link + "\n"), mail.text());
        assertTrue(html.contains("<a href=\"" + link + "\" rel=\"noreferrer\">" + link + "</a>"), html);
        assertEquals(mail.text(), Rendered.text(html));
        assertFalse(
                messages.notice(Samples.notice(shop, language, notice)).text().contains("http"));
    }

    /** Whoever has it may take the change back. */
    @Test
    void linkStandsInNoDescriptionOfTheMessage() {
        var message = new NoticeMessage(
                shop, "en", new Notice.TwoFactorDisabled(), Samples.TIME, null, URI.create("https://x.example/token"));

        assertFalse(message.toString().contains("token"), message::toString);
    }

    @Test
    void labelTurnsNoTextAround() {
        var label = new Notice.FactorAdded(FactorType.TOTP, "\u202eenohp\u202c \u2067x\u2069");
        var mail = messages.notice(Samples.notice(shop, "en", label));

        assertTrue(mail.text().contains("Name: “enohp x”"), mail.text());
    }

    private Stream<Content> everyMail(String language, String label) {
        return Samples.notices(label).stream().map(it -> messages.notice(Samples.notice(shop, language, it)));
    }
}
