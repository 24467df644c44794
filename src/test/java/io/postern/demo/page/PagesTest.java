package io.postern.demo.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.postern.demo.account.User;
import io.postern.demo.client.AuditEvent;
import io.postern.demo.client.ChainCheck;
import io.postern.demo.client.ChainCheck.Fault;
import io.postern.demo.client.Device;
import io.postern.demo.client.EventFilter;
import io.postern.demo.client.EventPage;
import io.postern.demo.client.Factor;
import io.postern.demo.client.HelpDeskCode;
import io.postern.demo.client.HelpedPerson;
import io.postern.demo.client.Level;
import io.postern.demo.client.NewFactor;
import io.postern.demo.client.Proof;
import io.postern.demo.client.Rules;
import io.postern.demo.client.SentCode.Delivery;
import io.postern.demo.client.Subject;
import io.postern.demo.client.Subject.RecoveryCodes;
import io.postern.demo.client.Trial;
import io.postern.demo.client.Webhook;
import io.postern.demo.client.WebhookDelivery;
import io.postern.demo.page.ProfilePage.Settings;
import io.postern.demo.web.Html;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Every page, drawn from values that try to be markup. */
public final class PagesTest {
    private static final String HOSTILE = "zq\"'><script>alert(1)</script>&{}";
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Frame FRAME = new Frame(HOSTILE, Optional.of(HOSTILE), Optional.of(Notice.failed(HOSTILE)));
    private static final User USER = new User(HOSTILE, HOSTILE, HOSTILE, User.ADMINISTRATOR);
    private static final Factor KNOWN = factor("totp");
    private static final Factor UNKNOWN = factor(HOSTILE);
    private static final List<FieldError> ERRORS = Stream.of(
                    "username", "password", "new-password", "label", "code", "destination", "email_code")
            .map(field -> new FieldError(field, HOSTILE))
            .toList();
    private static final Device DEVICE = new Device(HOSTILE, HOSTILE, Optional.of(HOSTILE), NOW, NOW);
    private static final CodePrompt PROMPT = prompt(KNOWN, Optional.empty());
    private static final SendNote NOTE = note(Optional.of(Delivery.QUEUED), Duration.ofSeconds(27));
    private static final NewFactor NEW = new NewFactor(
            HOSTILE,
            "totp",
            HOSTILE,
            Optional.of(HOSTILE),
            Optional.empty(),
            Optional.of(HOSTILE),
            Optional.of(HOSTILE),
            Optional.of("otpauth://" + HOSTILE),
            Optional.of("<svg onload=\"alert(1)\"/>"),
            NOW);

    public static final List<Html> PAGES = List.of(
            SignInPage.html(FRAME, HOSTILE, ERRORS),
            CodePage.html(FRAME, PROMPT),
            CodePage.html(FRAME, prompt(factor("email"), Optional.of(NOTE))),
            CodePage.html(FRAME, prompt(factor("sms"), Optional.of(note(Optional.empty(), Duration.ZERO)))),
            CodePage.html(FRAME, prompt(factor("recovery_code"), Optional.empty())),
            ConfirmPage.html(FRAME, HOSTILE, HOSTILE, HOSTILE, PROMPT),
            HomePage.html(
                    FRAME, USER, NOW, Optional.of(new Proof(Level.TWO, List.of(HOSTILE), Optional.of(HOSTILE), NOW))),
            HomePage.html(FRAME, USER, NOW, Optional.empty()),
            ProfilePage.html(FRAME, USER, settings(subject(Optional.of(new RecoveryCodes(10, false))))),
            ProfilePage.html(FRAME, USER, settings(subject(Optional.of(new RecoveryCodes(1, true))))),
            ProfilePage.html(FRAME, USER, Optional.empty()),
            RenamePage.html(FRAME, KNOWN, HOSTILE, ERRORS),
            ComputerPage.html(FRAME, DEVICE, HOSTILE, ERRORS),
            PasswordPage.html(FRAME, ERRORS),
            AuditPage.html(
                    FRAME,
                    new EventFilter(HOSTILE, HOSTILE),
                    HOSTILE,
                    new EventPage(List.of(event(Optional.of(HOSTILE)), event(Optional.empty())), Optional.of(HOSTILE)),
                    Optional.of(new ChainCheck(1, 2, HOSTILE, Optional.of(new Fault(HOSTILE, 3, Optional.of(NOW))))),
                    List.of(new FieldError("person", HOSTILE))),
            WebhooksPage.html(
                    FRAME,
                    List.of(webhook(false)),
                    new WebhookForm(HOSTILE, Set.of(HOSTILE), HOSTILE),
                    List.of(new FieldError("url", HOSTILE)),
                    List.of(new ReceivedCall(NOW, HOSTILE, HOSTILE, Optional.of(HOSTILE), true)),
                    1),
            WebhookPage.html(FRAME, webhook(true), WebhookPage.Known.FORGOTTEN, List.of(delivery()), HOSTILE),
            SetUpPage.html(FRAME, NEW, HOSTILE, ERRORS, HOSTILE),
            EnrollPage.html(FRAME, HOSTILE, Optional.empty()),
            EnrollPage.html(FRAME, HOSTILE, Optional.of(NOW)),
            WaysPage.html(FRAME, HOSTILE),
            DestinationPage.html(FRAME, FactorKind.EMAIL, HOSTILE, HOSTILE, ERRORS, HOSTILE),
            DestinationPage.html(FRAME, FactorKind.SMS, HOSTILE, HOSTILE, ERRORS, HOSTILE),
            FirstCodePage.html(FRAME, NEW, NOTE, ERRORS),
            RecoveryCodesPage.codes(FRAME, new io.postern.demo.client.RecoveryCodes(List.of(HOSTILE))),
            RecoveryCodesPage.confirm(FRAME, true, ERRORS),
            InboxPage.html(FRAME, List.of(), Optional.empty()),
            InboxPage.html(
                    FRAME,
                    List.of(new Letter("email", HOSTILE, Optional.of(HOSTILE), HOSTILE, NOW)),
                    Optional.of(ProviderMood.HANGS)),
            RulesPage.html(
                    FRAME,
                    new Rules(
                            HOSTILE,
                            NOW,
                            Optional.of(HOSTILE),
                            JsonNodeFactory.instance.objectNode(),
                            JsonNodeFactory.instance.objectNode()),
                    new RulesForm(
                            HOSTILE,
                            HOSTILE,
                            HOSTILE,
                            Set.of(HOSTILE),
                            Set.of(HOSTILE),
                            HOSTILE,
                            HOSTILE,
                            HOSTILE,
                            true),
                    List.of(new FieldError("date", HOSTILE), new FieldError("days", HOSTILE)),
                    Optional.of(new Trial(
                            HOSTILE,
                            HOSTILE,
                            List.of(HOSTILE),
                            List.of(new Trial.Tried(HOSTILE, HOSTILE, Optional.of(HOSTILE))))),
                    List.of(HOSTILE)),
            HelpDeskPage.search(FRAME, HOSTILE, HOSTILE, List.of(new FieldError("person-id", HOSTILE))),
            HelpDeskPage.person(FRAME, helped(), HOSTILE, Optional.of(new HelpDeskCode(Optional.of(HOSTILE), NOW))),
            MessagePage.html(FRAME, HOSTILE, HOSTILE, HOSTILE, HOSTILE));

    private static HelpedPerson helped() {
        return new HelpedPerson(
                HOSTILE,
                Optional.of(HOSTILE),
                true,
                List.of(new HelpedPerson.HelpedFactor(
                        HOSTILE, HOSTILE, HOSTILE, Optional.of(HOSTILE), false, false, true, 100, Optional.of(NOW))),
                Optional.of(3),
                Optional.of(NOW),
                List.of(new HelpedPerson.HelpedComputer(HOSTILE, HOSTILE, NOW, Optional.of(HOSTILE))),
                Optional.of(NOW),
                Optional.of(NOW),
                Optional.of(HOSTILE),
                List.of(new HelpedPerson.Happened(NOW, HOSTILE, Optional.of(HOSTILE))));
    }

    @ParameterizedTest
    @FieldSource("PAGES")
    void noValueBecomesMarkup(Html page) {
        String markup = page.toString();
        assertEquals(1, occurrences("<script", markup), markup);
        assertFalse(markup.contains("zq\""), markup);
        assertFalse(markup.contains("zq&quot;'"), markup);
        assertTrue(markup.contains("zq&quot;&#39;&gt;&lt;script&gt;"), markup);
    }

    @ParameterizedTest
    @FieldSource("PAGES")
    void noPageHasAScriptOrAStyleInside(Html page) {
        assertTrue(page.toString().contains("<script src=\"" + Asset.SCRIPT.path() + "\" defer></script>"));
        assertFalse(Pattern.compile("<style| style=| on[a-z]+=\"")
                .matcher(page.toString())
                .find());
    }

    @ParameterizedTest
    @FieldSource("PAGES")
    void everyPageHasALanguageATitleAMainPartAndOneHeading(Html page) {
        String markup = page.toString();
        assertTrue(markup.contains("<html lang=\"en\">"));
        assertTrue(markup.contains("<title>Error: "));
        assertEquals(1, occurrences("<main id=\"main\">", markup));
        assertEquals(1, occurrences("<h1>", markup));
    }

    @ParameterizedTest
    @FieldSource("PAGES")
    void everyFieldHasALabelAndEveryReferenceATarget(Html page) {
        String markup = page.toString();
        ids("<input id=\"([^\"]+)\"", markup).forEach(id -> assertEquals(1, occurrences("for=\"" + id + "\"", markup)));
        Stream.of("aria-describedby=\"([^\"]+)\"", "aria-labelledby=\"([^\"]+)\"", "href=\"#([^\"]+)\"")
                .flatMap(pattern -> ids(pattern, markup))
                .flatMap(list -> Stream.of(list.split(" ", -1)))
                .forEach(id -> assertTrue(markup.contains("id=\"" + id + "\"") || isOfAnotherForm(id, markup), id));
    }

    /** The errors above name the fields of every form, of which a page has one. */
    private static boolean isOfAnotherForm(String id, String markup) {
        return ERRORS.stream().anyMatch(error -> error.field().equals(id)) && !markup.contains("for=\"" + id + "\"");
    }

    @ParameterizedTest
    @FieldSource("PAGES")
    void everyFormThatPostsCarriesItsSecret(Html page) {
        String markup = page.toString();
        assertEquals(occurrences("method=\"post\"", markup), occurrences("name=\"csrf\"", markup));
    }

    @Test
    void fieldsTellPasswordManagersWhatTheyAre() {
        String signIn = SignInPage.html(FRAME, "", List.of()).toString();
        assertTrue(signIn.contains("autocomplete=\"username\""));
        assertTrue(signIn.contains("autocomplete=\"current-password\""));
        String code = CodePage.html(FRAME, PROMPT).toString();
        assertTrue(code.contains("inputmode=\"numeric\""));
        assertTrue(code.contains("autocomplete=\"one-time-code\""));
        assertTrue(code.contains("pattern=\"\\s*([0-9]\\s*){6}\""));
    }

    @Test
    void keyIsShownInGroupsOfFourAndCopiedInOnePiece() {
        var factor = newFactor("ABCDEFGHIJ", Optional.empty());
        String markup =
                SetUpPage.html(FRAME, factor, "Phone", List.of(), "once").toString();

        assertTrue(markup.contains("<span>ABCD</span><span>EFGH</span><span>IJ</span>"));
        assertTrue(markup.contains("value=\"ABCDEFGHIJ\""));
    }

    @Test
    void linkToAnAppIsNothingElse() {
        var factor = newFactor("ABCD", Optional.of("javascript:alert(1)"));

        assertFalse(SetUpPage.html(FRAME, factor, "Phone", List.of(), "once")
                .toString()
                .contains("javascript:"));
    }

    @Test
    void factorOfAKindThatIsNotKnownHereIsListedAndIsNotAskedFor() {
        var subject = new Subject(
                true, List.of(factor("carrier-pigeon")), Optional.empty(), Optional.empty(), Optional.empty(), false);
        var prompt = new CodePrompt("/code", List.of(), Optional.empty(), Optional.empty(), NOW, Optional.empty());

        assertTrue(ProfilePage.html(FRAME, USER, settings(subject)).toString().contains("carrier-pigeon"));
        assertFalse(CodePage.html(FRAME, prompt).toString().contains("name=\"code\""));
    }

    @ParameterizedTest
    @FieldSource("CODES")
    void spacesInACodeAreNoMatter(String typed) {
        assertEquals("123456", FactorKind.TOTP.normalize(typed));
        assertTrue(FactorKind.TOTP.couldBe("123456"));
    }

    static final List<String> CODES = List.of("123456", " 123 456 ", "123\u00a0456", "123-456", "1 2 3 4 5 6\t");

    @Test
    void recoveryCodesMayBePastedHoweverTheyAreSpaced() {
        String typed = " k7m29-qxrtb 4wh6p\u00a0djn8s ";
        String input = FactorKind.RECOVERY_CODE.attributes().toString();

        assertTrue(FactorKind.RECOVERY_CODE.couldBe(FactorKind.RECOVERY_CODE.normalize(typed)));
        assertFalse(input.contains("inputmode"));
        assertFalse(input.contains("maxlength"));
        assertFalse(input.contains("pattern"));
        assertTrue(input.contains("autocomplete=\"off\""));
    }

    @Test
    void anotherCodeMayBeAskedForWithoutAScript() {
        String waiting =
                CodePage.html(FRAME, prompt(factor("email"), Optional.of(NOTE))).toString();

        assertTrue(waiting.contains("<button data-wait=\"27\" aria-describedby=\"wait\">Send a new code</button>"));
        assertTrue(waiting.contains("Possible in 27 seconds."));
        assertFalse(waiting.contains("disabled"));
    }

    @ParameterizedTest
    @CsvSource({"10, false", "4, false", "3, true", "0, true"})
    void fewRecoveryCodesAreWarnedOf(int left, boolean warned) {
        Subject subject = subject(Optional.of(new RecoveryCodes(left, true)));

        assertEquals(
                warned,
                ProfilePage.html(FRAME, USER, settings(subject)).toString().contains("before you need them"));
    }

    @ParameterizedTest
    @CsvSource({"10, true", "10, false"})
    void personIsRemindedOfCodesThatTheyHaveNotConfirmed(int left, boolean confirmed) {
        Subject subject = subject(Optional.of(new RecoveryCodes(left, confirmed)));

        assertEquals(
                !confirmed,
                ProfilePage.html(FRAME, USER, settings(subject)).toString().contains("You have not confirmed yet"));
    }

    private static AuditEvent event(Optional<String> subject) {
        return new AuditEvent(
                7,
                NOW,
                HOSTILE,
                subject,
                Optional.of(HOSTILE),
                Optional.of(HOSTILE),
                Optional.of(HOSTILE),
                Optional.of(HOSTILE),
                Optional.of(HOSTILE),
                Optional.of(HOSTILE),
                Map.of(HOSTILE, HOSTILE));
    }

    private static Webhook webhook(boolean on) {
        return new Webhook(
                HOSTILE,
                HOSTILE,
                List.of(HOSTILE),
                on,
                Optional.of(HOSTILE),
                Optional.of(NOW),
                Optional.of(NOW),
                Optional.of(NOW),
                Optional.of(HOSTILE));
    }

    private static WebhookDelivery delivery() {
        return new WebhookDelivery(
                HOSTILE, HOSTILE, HOSTILE, 2, Optional.of(503), Optional.of(HOSTILE), NOW, Optional.of(NOW));
    }

    private static Optional<Settings> settings(Subject subject) {
        return Optional.of(new Settings(subject, List.of(DEVICE), Optional.of(HOSTILE)));
    }

    @Test
    void frozenPersonIsToldAndOfferedNothingNew() {
        var subject = new Subject(
                true,
                List.of(KNOWN),
                Optional.empty(),
                Optional.of(NOW),
                Optional.of(new RecoveryCodes(9, true)),
                true);

        String markup = ProfilePage.html(FRAME, USER, settings(subject)).toString();

        assertTrue(markup.contains("Nothing can be added to your account"));
        assertFalse(markup.contains("/set-up/choose"));
        assertFalse(markup.contains("/profile/turn-off"));
        assertFalse(markup.contains("/recovery-codes/new"));
        assertTrue(markup.contains("/profile/remove"));
    }

    /** Of a text that others have had a hand in, nothing but Postern's own pages becomes a link. */
    @Test
    void linkThatTakesAChangeBackCanBeFollowedFromTheInbox() {
        var link = "http://localhost:8080/wasnt-me/" + "a".repeat(43);
        var text = "<b>" + link + "\nhttps://evil.example/wasnt-me/x javascript:alert(1)";
        var letter = new Letter("email", "owner@example.com", Optional.of("A factor"), text, NOW);

        String markup = InboxPage.html(FRAME, List.of(letter), Optional.empty()).toString();

        assertTrue(markup.contains("&lt;b&gt;<a href=\"" + link + "\">" + link + "</a>\n"), markup);
        assertFalse(markup.contains("href=\"https://evil") || markup.contains("href=\"javascript"), markup);
    }

    private static Subject subject(Optional<RecoveryCodes> codes) {
        return new Subject(true, List.of(KNOWN, UNKNOWN), Optional.of(NOW), Optional.empty(), codes, true);
    }

    private static CodePrompt prompt(Factor chosen, Optional<SendNote> note) {
        return new CodePrompt(
                "/code",
                List.of(chosen, factor("totp", "second")),
                Optional.of(chosen),
                note,
                NOW,
                Optional.of(HOSTILE));
    }

    private static SendNote note(Optional<Delivery> delivery, Duration wait) {
        return new SendNote(FactorKind.EMAIL, HOSTILE, delivery, Optional.of(HOSTILE), wait, HOSTILE, HOSTILE);
    }

    private static NewFactor newFactor(String secret, Optional<String> uri) {
        return new NewFactor(
                "f",
                "totp",
                "Phone",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(secret),
                uri,
                Optional.empty(),
                NOW);
    }

    private static Factor factor(String type) {
        return factor(type, HOSTILE);
    }

    private static Factor factor(String type, String id) {
        return new Factor(
                id,
                type,
                HOSTILE,
                "active",
                false,
                true,
                Optional.of(HOSTILE),
                Optional.empty(),
                Optional.of(NOW),
                Optional.of(NOW));
    }

    private static long occurrences(String text, String markup) {
        return Pattern.compile(Pattern.quote(text)).matcher(markup).results().count();
    }

    private static Stream<String> ids(String pattern, String markup) {
        return Pattern.compile(pattern).matcher(markup).results().map((MatchResult match) -> match.group(1));
    }
}
