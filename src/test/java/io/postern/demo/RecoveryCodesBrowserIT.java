package io.postern.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.demo.browser.Chromium;
import io.postern.demo.browser.NeedsChromium;
import io.postern.demo.browser.Tab;
import io.postern.embedded.SeededClient;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Recovery codes, as somebody with a browser has them. RULES C3. */
@NeedsChromium
@SuppressWarnings("NullAway.Init")
final class RecoveryCodesBrowserIT {
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
        guest = Guest.open(chromium, delivering.postern(), SeededClient.DEMO_ADMIN, delivering.demo(), "editor");
        tab = guest.tab();
        guest.signIn();
    }

    @AfterEach
    void leave() {
        guest.close();
    }

    @Test
    void codesAreShownOnceCopiedDownloadedAndConfirmedByTypingOne() {
        List<String> codes = newCodes();
        assertEquals(10, codes.size());
        tab.activate("Copy");
        tab.says("Copied.");
        assertEquals(codes, tab.clipboard().lines().toList());
        assertEquals(codes, tab.download("Download").lines().skip(3).toList());

        tab.follow("I have kept them");
        tab.shows("Type one of your recovery codes");
        tab.type("Recovery code", "12345");
        tab.press("Confirm");
        tab.says("That is not a recovery code");
        tab.type("Recovery code", "22222-22222-22222-22222");
        tab.press("Confirm");
        tab.says("That is none of your recovery codes");
        tab.follow("Show the codes once more");
        tab.shows("Keep your recovery codes");
        tab.follow("I have kept them");
        tab.paste("Recovery code", " " + codes.getLast().toLowerCase(Locale.ROOT) + " ");
        tab.press("Confirm");
        tab.shows("Profile");
        tab.says("10 of your ten recovery codes are left.");

        tab.open(delivering.demo().uri().resolve("/recovery-codes"));
        tab.shows("Profile");
    }

    @Test
    void whoeverDoesNotConfirmTheCodesIsReminded() {
        List<String> codes = newCodes();
        tab.press("Later");
        tab.shows("Profile");
        tab.says("You have not confirmed yet that you kept them.");
        tab.follow("Type one of them");
        tab.type("Recovery code", codes.getFirst());
        tab.press("Confirm");
        tab.shows("Profile");
        tab.says("Your recovery codes are kept.");
    }

    @Test
    void recoveryCodeSignsInOnceAndMakesNewOnes() {
        List<String> codes = newCodes();
        tab.press("Later");
        tab.shows("Profile");
        signInWith(codes.getFirst());
        tab.shows("Home");
        tab.says("recovery, mfa");
        tab.follow("Profile");
        tab.says("9 of your ten recovery codes are left.");

        signInWith(codes.getFirst());
        tab.shows("Confirm that it is you");
        tab.says("That code is wrong, or it was used already.");
        tab.type("Recovery code", codes.get(1));
        tab.press("Continue");
        tab.shows("Home");

        tab.follow("Profile");
        tab.press("Make new recovery codes");
        tab.shows("Make new recovery codes");
        tab.press("Recovery code");
        tab.type("Recovery code", codes.get(2));
        tab.press("Make new codes");
        tab.shows("Keep your recovery codes");
        List<String> newer = shownCodes();
        tab.press("Later");
        tab.shows("Profile");
        signInWith(codes.get(3));
        tab.says("That code is wrong");
        tab.type("Recovery code", newer.getFirst());
        tab.press("Continue");
        tab.shows("Home");
    }

    @Test
    void inputTakesACodeHoweverItIsPasted() {
        newCodes();
        tab.press("Later");
        tab.press("Sign out");
        guest.signIn();
        tab.shows("Confirm that it is you");
        tab.press("Recovery code");
        assertEquals("off", tab.attribute("Recovery code", "autocomplete"));
        assertEquals("", tab.attribute("Recovery code", "inputmode"));
        assertEquals("", tab.attribute("Recovery code", "maxlength"));
        assertTrue(tab.has("#code:focus"));
    }

    private void signInWith(String code) {
        tab.press("Sign out");
        guest.signIn();
        tab.shows("Confirm that it is you");
        tab.press("Recovery code");
        tab.type("Recovery code", code);
        tab.press("Continue");
    }

    /** With a first factor; ends on the page that shows them. */
    private List<String> newCodes() {
        AuthenticatorApp app = guest.beginSetUp();
        tab.type("Name", "Phone");
        tab.type("Code", app.newCode());
        tab.press("Turn it on");
        tab.shows("Keep your recovery codes");
        return shownCodes();
    }

    private List<String> shownCodes() {
        return tab.text(".codes").lines().map(String::strip).toList();
    }
}
