package io.postern.demo;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.postern.demo.browser.Chromium;
import io.postern.demo.browser.NeedsChromium;
import io.postern.demo.browser.Tab;
import io.postern.embedded.SeededClient;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.io.IOException;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The help desk of the demo: somebody has lost their phone, and somebody else helps. */
@NeedsChromium
@SuppressWarnings("NullAway.Init")
final class HelpDeskBrowserIT {
    private static Chromium chromium;
    private static Demo demo;

    private final Postern postern = Postern.shared();
    private final Guest editor = open("editor");
    private final Guest owner = open("owner");
    private final Tab desk = owner.tab();

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

    @AfterEach
    void leave() {
        editor.close();
        owner.close();
    }

    private Guest open(String user) {
        return Guest.open(chromium, postern, SeededClient.DEMO_ADMIN, demo, user);
    }

    @Test
    void personWithoutTheirPhoneComesInByACodeOfTheHelpDesk() {
        editor.signIn();
        editor.setUp();
        lookUp("editor");
        desk.says("e•••@example.com");
        desk.says("Unlock Phone");

        desk.press("Give a code to sign in with once");

        desk.shows("Help desk");
        var code = desk.text("#drawn-code");
        try (var elsewhere = editor.atAnotherComputer(chromium, demo)) {
            Tab tab = elsewhere.tab();
            elsewhere.signIn();
            tab.shows("Confirm that it is you");
            tab.press("Code of the help desk");
            tab.shows("Confirm that it is you");
            tab.type("Code of the help desk", code.toLowerCase(Locale.ROOT));
            tab.press("Continue");
            tab.shows("Home");
            tab.says("Code of the help desk, which is less than a second factor");
        }
    }

    @Test
    void lockedFactorIsUnlocked() {
        editor.signIn();
        var app = editor.setUp();
        Sql.on(postern)
                .change(
                        "update factor set failures = 100, locked_at = now() where status = 'active' and type = 'totp' and"
                                + " subject_id = (select id from subject where application_id = 'demo-admin' and external_id = 'editor')");
        lookUp("editor");
        desk.says("Locked. 100 wrong codes since the last right one.");

        desk.press("Unlock Phone");

        desk.shows("Help desk");
        desk.says("The factor is not locked.");
        desk.says("Good. 0 wrong codes since the last right one.");
        try (var elsewhere = editor.atAnotherComputer(chromium, demo)) {
            elsewhere.signIn();
            elsewhere.submit(app.newCode());
            elsewhere.tab().shows("Home");
        }
    }

    @Test
    void personWhoLostEverythingIsReset() {
        editor.signIn();
        editor.setUp();
        lookUp("editor");

        desk.press("Turn two-factor off");

        desk.shows("Help desk");
        desk.says("Two-factor is off for this person.");
        desk.says("subject_reset by owner");
        try (var elsewhere = editor.atAnotherComputer(chromium, demo)) {
            elsewhere.signIn();
            elsewhere.tab().shows("Home");
            elsewhere.tab().says("None was asked for.");
        }
    }

    /** RULES F4. */
    @Test
    void nobodyHelpsThemselvesAndNobodyElseSeesTheDesk() {
        openDesk();
        search("owner", "It is me");
        desk.says("Nobody helps themselves here.");
        search("nobody-" + System.identityHashCode(this), "Called back");
        desk.says("Nobody of that name has signed in here yet");

        editor.signIn();
        editor.tab().shows("Home");
        assertFalse(editor.tab().has("a[href='/help-desk']"));
        editor.tab().open(demo.uri().resolve("/help-desk"));
        editor.tab().shows("Page not found");
    }

    private void lookUp(String user) {
        openDesk();
        search(user, "Lost the phone, called back");
    }

    private void openDesk() {
        owner.signIn();
        desk.shows("Home");
        desk.follow("Help desk");
        desk.shows("Help desk");
    }

    private void search(String user, String reason) {
        desk.type("User name of the person", user);
        desk.type("Why", reason);
        desk.press("Look up");
        desk.shows("Help desk");
    }
}
