package io.postern.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.demo.browser.Chromium;
import io.postern.demo.browser.NeedsChromium;
import io.postern.demo.browser.QrCode;
import io.postern.demo.browser.Tab;
import io.postern.embedded.SeededClient;
import io.postern.harness.Postern;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo admin area on the real service, as somebody with a browser has it. */
@NeedsChromium
@SuppressWarnings("NullAway.Init")
final class DemoBrowserIT {
    private static Chromium chromium;
    private static Demo demo;

    private Guest guest;
    private Tab tab;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.start();
        demo = Guest.startDemo(Postern.shared(), SeededClient.DEMO_ADMIN);
    }

    @AfterAll
    static void stop() {
        if (demo != null) {
            demo.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void openTheDemo() {
        guest = Guest.open(chromium, Postern.shared(), SeededClient.DEMO_ADMIN, demo, "owner");
        tab = guest.tab();
    }

    @AfterEach
    void leave() {
        guest.close();
    }

    @Test
    void passwordAloneOpensTheAdminAreaWhileTwoFactorIsOff() {
        guest.signIn("wrong");
        tab.shows("Sign in");
        tab.says("User name or password is wrong.");
        guest.signIn();
        tab.shows("Home");
        tab.says("None was asked for.");
        tab.follow("Inbox");
        tab.shows("Inbox");
        tab.open(at("/no-such-page"));
        tab.shows("Page not found");
        tab.follow("To the start");
        tab.shows("Home");
        tab.press("Sign out");
        tab.shows("Sign in");
        tab.says("You are signed out.");
        tab.open(at("/home"));
        tab.shows("Sign in");
    }

    /** RULES C1: a step is accepted once, the activation itself included. */
    @Test
    void personSetsUpAnAppAndSignsInWithEachOfItsCodesOnce() {
        guest.signIn();
        AuthenticatorApp app = guest.beginSetUp();
        tab.type("Code", app.wrongCode());
        tab.press("Turn it on");
        tab.shows("Set up an authenticator app");
        tab.says("That code is wrong");
        tab.type("Name", "Phone");
        String first = app.newCode();
        tab.paste("Code", spaced(first));
        tab.press("Turn it on");
        tab.shows("Keep your recovery codes");
        tab.says("“Phone” is set up.");
        guest.leaveRecoveryCodes();

        tab.press("Sign out");
        guest.signIn();
        guest.submit(first);
        tab.shows("Confirm that it is you");
        tab.says("That code is wrong, or it was used already. Type the newest one. 4 tries are left.");
        String second = app.newCode();
        tab.paste("Code from “Phone”", spaced(second));
        tab.press("Continue");
        tab.shows("Home");
        tab.says("otp, mfa");
        tab.says("urn:postern:level:2");

        tab.press("Sign out");
        tab.forgetCookies("__Host-");
        guest.signIn();
        guest.submit(second);
        tab.shows("Confirm that it is you");
        tab.says("That code is wrong, or it was used already.");
    }

    @Test
    void qrCodeOnTheScreenIsTheTypedKey(@TempDir Path directory) throws Exception {
        guest.signIn();
        guest.beginSetUp();
        Path picture = directory.resolve("qr.png");
        tab.picture("img.qr", picture);

        String key = guest.shownKey();
        assertEquals(key, tab.text(".key code").replaceAll("\\s", ""));
        String uri = QrCode.read(picture);
        assertTrue(uri.matches("otpauth://totp/[^?]+\\?(.*&)?secret=" + key + "(&.*)?"), uri);
    }

    /** RULES B7. */
    @Test
    void fifthWrongCodeEndsTheSignInAndTheNextOneIsOpenToTheRightCode() {
        guest.signIn();
        AuthenticatorApp app = guest.setUp();
        tab.press("Sign out");
        guest.signIn();
        for (int left = 4; left >= 1; left--) {
            guest.submit(app.wrongCode());
            tab.shows("Confirm that it is you");
            tab.says(left == 1 ? "One try is left." : left + " tries are left.");
            assertTrue(tab.has("#code:focus"));
        }
        guest.submit(app.wrongCode());
        tab.shows("Sign in again");
        tab.says("it was the last try");

        tab.open(at("/home"));
        guest.submit(app.newCode());
        tab.shows("Sign in again");
        assertEquals(409, tab.status());
        tab.follow("Start again");
        guest.signIn();
        guest.submit(app.newCode());
        tab.shows("Home");
    }

    /** RULES F1: every change but that of a name asks for a code, which is good for this change alone. */
    @Test
    void everyChangeOfFactorsAsksForACode() {
        guest.signIn();
        AuthenticatorApp phone = guest.setUp();
        tab.follow("Rename “Phone”");
        tab.shows("Rename “Phone”");
        tab.type("Name", "Old phone");
        tab.press("Save");
        tab.shows("Profile");
        tab.says("It is now called “Old phone”.");

        tab.follow("Add another way");
        tab.press("Set up an authenticator app");
        confirm("Add an authenticator app", "Old phone", "Continue", phone.newCode());
        AuthenticatorApp tablet = guest.shownApp();
        tab.type("Name", "Tablet");
        tab.type("Code", tablet.newCode());
        tab.press("Turn it on");
        tab.shows("Profile");

        tab.press("Ask for this first “Tablet”");
        tab.shows("Profile");
        tab.says("From now on this one is asked for first.");
        tab.press("Remove “Old phone”");
        tab.shows("Remove “Old phone”");
        tab.press("Old phone");
        confirm("Remove “Old phone”", "Old phone", "Remove it", phone.newCode());
        tab.shows("Profile");
        tab.says("“Old phone” is removed.");

        tab.press("Turn off two-factor authentication");
        confirm("Turn off two-factor authentication", "Tablet", "Turn it off", tablet.wrongCode());
        tab.says("4 tries are left.");
        confirm("Turn off two-factor authentication", "Tablet", "Turn it off", tablet.newCode());
        tab.shows("Profile");
        tab.says("Two-factor authentication is off.");
        tab.press("Sign out");
        guest.signIn();
        tab.shows("Home");
    }

    @Test
    void nothingOpensBeforeTheSetUpWhereTwoFactorIsRequired() throws Exception {
        SeededClient other = SeededClient.OTHER_ADMIN;
        setPolicy(other, "{\"enforcement\":\"required\"}");
        try (Demo strict = Guest.startDemo(Postern.shared(), other);
                Guest employee = Guest.open(chromium, Postern.shared(), other, strict, "viewer")) {
            employee.signIn();
            employee.tab().shows("Set up a second step");
            employee.tab().open(strict.uri().resolve("/profile"));
            employee.tab().shows("Set up a second step");

            employee.tab().press("Set up an authenticator app");
            employee.tab().type("Code", employee.shownApp().newCode());
            employee.tab().press("Turn it on");
            employee.leaveRecoveryCodes();
        } finally {
            setPolicy(other, "{}");
        }
    }

    @Test
    void passwordManagersAndPhonesKnowWhatTheFieldsAreFor() {
        tab.shows("Sign in");
        assertEquals("username", tab.attribute("User name", "autocomplete"));
        assertEquals("current-password", tab.attribute("Password", "autocomplete"));
        assertEquals("password", tab.attribute("Password", "type"));

        guest.signIn();
        guest.beginSetUp();
        assertEquals("one-time-code", tab.attribute("Code", "autocomplete"));
        assertEquals("numeric", tab.attribute("Code", "inputmode"));
        tab.press("Cancel");
        tab.shows("Profile");

        tab.follow("Home");
        guest.setUp();
        tab.press("Sign out");
        guest.signIn();
        tab.shows("Confirm that it is you");
        assertEquals("one-time-code", tab.attribute("Code from “Phone”", "autocomplete"));
        assertEquals("numeric", tab.attribute("Code from “Phone”", "inputmode"));
    }

    @Test
    void formWithoutItsSecretIsRefused() {
        guest.signIn();
        tab.shows("Home");
        tab.takeAway("[name=csrf]");
        tab.press("Sign out");
        tab.shows("That did not work");
        assertEquals(403, tab.status());

        tab.open(at("/"));
        tab.shows("Home");
    }

    @Test
    void formOfAnotherSiteChangesNothing() {
        guest.signIn();
        guest.setUp();
        tab.openStrangeSite(
                "<form method=post action='%s'><button>Win</button></form>".formatted(at("/profile/turn-off")));
        tab.press("Win");
        tab.shows("That did not work");
        assertEquals(403, tab.status());

        tab.open(at("/profile"));
        tab.shows("Profile");
        assertTrue(tab.has(".badge.on"));
    }

    private void confirm(String change, String name, String button, String code) {
        tab.shows(change);
        tab.type("Code from “" + name + "”", code);
        tab.press(button);
    }

    /** As people read it from the screen, and some apps copy it. */
    private static String spaced(String code) {
        return code.substring(0, 3) + " " + code.substring(3);
    }

    private static URI at(String path) {
        return demo.uri().resolve(path);
    }

    private static void setPolicy(SeededClient client, String policy) throws SQLException {
        try (var connection = Postern.shared().connect();
                var statement = connection.prepareStatement("update application set policy = ?::jsonb where id = ?")) {
            statement.setString(1, policy);
            statement.setString(2, client.application());
            assertEquals(1, statement.executeUpdate());
        }
    }
}
