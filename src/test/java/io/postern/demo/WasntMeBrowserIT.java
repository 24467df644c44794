package io.postern.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.demo.browser.Chromium;
import io.postern.demo.browser.NeedsChromium;
import io.postern.demo.browser.Tab;
import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Sql;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RULES F5: the link of a notice, as somebody with a browser has it, and what a person sees of its consequences. */
@NeedsChromium
@SuppressWarnings("NullAway.Init")
final class WasntMeBrowserIT {

    private static final String USER = "viewer";
    private static final String MAILBOX = "viewer@example.com";

    /** By language: the heading of the page, its button and the heading afterwards. */
    private static final Map<String, Words> WORDS = Map.of(
            "en",
            new Words("This wasn’t you?", "This wasn’t me", "The change is taken back"),
            "fr",
            new Words("Ce n'était pas vous\u00a0?", "Ce n'était pas moi", "La modification est annulée"),
            "es",
            new Words("¿No ha sido usted?", "No he sido yo", "El cambio se ha anulado"),
            "de",
            new Words("Das waren nicht Sie?", "Das war ich nicht", "Die Änderung ist zurückgenommen"));

    private record Words(String title, String button, String done) {}

    private static Chromium chromium;
    private static Delivering delivering;

    private Guest guest;
    private Tab tab;

    @BeforeAll
    static void start() {
        delivering = Delivering.shared();
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void openTheDemo() {
        delivering.letTimePass();
        guest = Guest.open(chromium, delivering.postern(), SeededClient.DEMO_ADMIN, delivering.demo(), USER);
        tab = guest.tab();
        guest.signIn();
    }

    @AfterEach
    void leave() {
        guest.close();
        speak("en");
    }

    @Test
    void linkInTheInboxTakesAFirstFactorBackAndTheSignInSaysWhatFollows() {
        int before = links();
        AuthenticatorApp app = guest.setUp();
        follow(before);
        tab.shows("This wasn’t you?");
        tab.says("A factor was added to your account at Demo admin area");
        tab.says("Authenticator app");
        tab.press("This wasn’t me");
        tab.shows("The change is taken back");
        assertEquals("/wasnt-me", tab.address().getPath());

        open("/");
        tab.press("Sign out");
        guest.signIn();

        tab.shows("Sign in");
        tab.says("This account is blocked.");
        assertEquals(403, tab.status());
        assertFalse(app.newCode().isEmpty());
    }

    @Test
    void personGoesOnWithWhatIsLeftAndIsToldThatNothingCanBeAdded() {
        int none = links();
        AuthenticatorApp app = guest.setUp();
        awaitLink(none); // which would take the app back
        int before = links();
        tab.press("Make new recovery codes");
        tab.shows("Make new recovery codes");
        tab.type("Code from “Phone”", app.newCode());
        tab.press("Make new codes");
        tab.shows("Keep your recovery codes");
        follow(before);
        tab.press("This wasn’t me");
        tab.shows("The change is taken back");

        open("/");
        tab.press("Sign out");
        guest.signIn();
        guest.submit(app.newCode());
        tab.shows("Home");
        tab.follow("Profile");

        tab.shows("Profile");
        tab.says("Nothing can be added to your account until you have spoken with");
        assertFalse(tab.has("a[href='/set-up/choose']"));
        assertFalse(tab.has("form[action='/profile/turn-off']"));
    }

    @Test
    void pagesAreWholeInEveryLanguage() {
        int before = links();
        guest.setUp();
        follow(before);
        URI link = tab.address();
        WORDS.forEach((language, words) -> {
            speak(language);
            tab.open(link);
            tab.showsInItsLanguage(words.title());
            assertTrue(tab.has("button:text-is(\"" + words.button() + "\")"), words::button);
        });
        speak("en");
        tab.open(link);
        tab.press("This wasn’t me");
        WORDS.forEach((language, words) -> {
            speak(language);
            tab.open(link);
            tab.showsInItsLanguage(words.done());
        });
        tab.open(link.resolve("/wasnt-me/unknown"));
        tab.showsInItsLanguage("This link is not valid"); // in the browser's
        assertEquals(404, tab.status());
    }

    /** The page may be shown, and nothing of it may be used, by another site. */
    @Test
    void buttonOnAnotherSiteDoesNothing() {
        int before = links();
        guest.setUp();
        follow(before);
        String link = tab.address().toString();
        tab.openStrangeSite(
                """
                <!DOCTYPE html><html lang="en"><title>Prize</title><h1>You have won</h1>
                <form method="post" action="%s"><input type="hidden" name="token" value="%s"><button>Fetch it</button></form>
                """.formatted(link.substring(0, link.lastIndexOf('/')), link.substring(link.lastIndexOf('/') + 1)));

        tab.press("Fetch it");

        tab.shows("Nothing was changed");
        assertEquals(403, tab.status());
        open("/profile");
        tab.shows("Profile");
        tab.says("Phone");
    }

    /** Opens the newest link, once there are more than before. */
    private void follow(int before) {
        awaitLink(before);
        open("/inbox");
        tab.shows("Inbox");
        tab.followFirst("/wasnt-me/");
    }

    private static void awaitLink(int before) {
        Await.until(Duration.ofSeconds(20), "a link", () -> links() > before);
    }

    private static int links() {
        return (int) delivering.postern().mail().mailsTo(MAILBOX).stream()
                .filter(mail -> mail.text().contains("/wasnt-me/"))
                .count();
    }

    private static void speak(String language) {
        Sql.on(delivering.postern())
                .change(
                        "update subject set locale = ? where application_id = 'demo-admin' and external_id = ?",
                        language,
                        USER);
    }

    private void open(String path) {
        tab.open(delivering.demo().uri().resolve(path));
    }
}
