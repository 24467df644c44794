package io.postern.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.demo.browser.Chromium;
import io.postern.demo.browser.NeedsChromium;
import io.postern.demo.browser.Tab;
import io.postern.embedded.SeededClient;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RULES G1 to G3: the computers of a person, each a browser with cookies of its own. */
@NeedsChromium
@SuppressWarnings("NullAway.Init")
final class ComputersBrowserIT {
    private static final String BOX = "Ask for a code at every sign-in";

    private static Chromium chromium;
    private static Demo demo;

    private Guest home;
    private Guest office;
    private AuthenticatorApp phone;

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
    void turnItOnAtHome() {
        home = Guest.open(chromium, Postern.shared(), SeededClient.DEMO_ADMIN, demo, "viewer");
        office = home.atAnotherComputer(chromium, demo);
        home.signIn();
        phone = home.setUp();
        signInAgain(home);
        home.submit(phone.newCode());
        home.tab().shows("Home");
    }

    @AfterEach
    void leave() {
        home.close();
        office.close();
    }

    @Test
    void computerIsAskedOnceInFourteenDaysAndAnotherAtOnce() {
        assertEquals(1, home.tab().hostCookies().size(), "RULES G3");
        signInAgain(home);
        Tab tab = home.tab();
        tab.shows("Home");
        tab.says("this computer is remembered");
        tab.says("urn:postern:level:0");

        office.signIn();
        office.submit(phone.newCode());
        office.tab().shows("Home");
        office.tab().says("otp, mfa");

        pass("13 days 23 hours");
        signInAgain(home);
        tab.shows("Home");
        tab.says("this computer is remembered");
        pass("2 hours");
        signInAgain(home);
        home.submit(phone.newCode());
        tab.shows("Home");
        tab.says("otp, mfa");
        signInAgain(home);
        tab.shows("Home");
        tab.says("this computer is remembered");
    }

    @Test
    void whoTicksTheBoxIsAskedEachTimeOnEveryComputer() {
        Tab tab = home.tab();
        tab.follow("Profile");
        assertFalse(tab.field(BOX).isChecked());
        tab.says("This computer");
        tab.field(BOX).check();
        tab.press("Save");
        tab.shows("Profile");
        tab.says("No computer is remembered");
        for (int time = 0; time < 2; time++) {
            signInAgain(home);
            home.submit(phone.newCode());
            tab.shows("Home");
        }

        tab.follow("Profile");
        assertTrue(tab.field(BOX).isChecked());
        tab.field(BOX).uncheck();
        tab.press("Save");
        tab.shows("Profile");
        signInAgain(home);
        home.submit(phone.newCode());
        tab.shows("Home");
        signInAgain(home);
        tab.shows("Home");
        tab.says("this computer is remembered");
    }

    @Test
    void computersAreListedRenamedAndForgottenFromAnywhere() {
        Tab tab = office.tab();
        office.signIn();
        office.submit(phone.newCode());
        tab.shows("Home");
        tab.follow("Profile");
        tab.shows("Profile");
        assertEquals(2, tab.count("a[href^='/computers/rename']"));
        assertEquals(1, tab.count("h4 .badge"));

        home.tab().follow("Profile");
        home.tab().follow("Rename “Chrome on Linux”", 0);
        home.tab().shows("Rename “Chrome on Linux”");
        home.tab().type("Name", "At the office");
        home.tab().press("Save");
        home.tab().shows("Profile");
        home.tab().says("It is now called “At the office”.");
        home.tab().press("Forget “At the office”");
        home.tab().shows("Profile");
        home.tab().says("This computer is asked for a code at its next sign-in.");

        signInAgain(office);
        office.submit(phone.newCode());
        tab.shows("Home");
        signInAgain(home);
        home.tab().shows("Home");
        home.tab().says("this computer is remembered");

        home.tab().follow("Profile");
        home.tab().press("Forget all computers");
        home.tab().shows("Profile");
        home.tab().says("No computer is remembered");
        signInAgain(office);
        tab.shows("Confirm that it is you");
        signInAgain(home);
        home.tab().shows("Confirm that it is you");
    }

    @Test
    void newPasswordForgetsAllComputers() throws Exception {
        try (Demo own = Guest.startDemo(Postern.shared(), SeededClient.DEMO_ADMIN);
                Guest guest = home.atAnotherComputer(chromium, own)) {
            Tab tab = guest.tab();
            guest.signIn();
            guest.submit(phone.newCode());
            tab.shows("Home");
            tab.follow("Profile");
            tab.follow("Change your password");
            tab.shows("Change your password");
            tab.type("Present password", "wrong");
            tab.type("New password", "correct horse");
            tab.press("Change it");
            tab.says("That is not your password.");
            tab.type("Present password", "demo");
            tab.type("New password", "correct horse");
            tab.press("Change it");
            tab.shows("Profile");
            tab.says("Your password is changed.");
            tab.says("No computer is remembered");

            tab.press("Sign out");
            guest.signIn();
            tab.says("User name or password is wrong.");
            guest.signIn("correct horse");
            tab.shows("Confirm that it is you");
            signInAgain(home);
            home.tab().shows("Confirm that it is you");
        }
    }

    private static void signInAgain(Guest guest) {
        guest.tab().open(at("/"));
        guest.tab().press("Sign out");
        guest.signIn();
    }

    /** Time passes for whoever is remembered. */
    private static void pass(String interval) {
        Sql.on(Postern.shared())
                .change(
                        "update remembered_device set proven_at = proven_at - ?::interval, expires_at = expires_at - ?::interval,"
                                + " rotated_at = rotated_at - ?::interval",
                        interval,
                        interval,
                        interval);
    }

    private static URI at(String path) {
        return demo.uri().resolve(path);
    }
}
