package io.postern.demo;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.postern.demo.browser.Chromium;
import io.postern.demo.browser.NeedsChromium;
import io.postern.demo.browser.Tab;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.NoticeLinks;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
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

    @Test
    void lostComputerIsCalledSoAndForgotten() {
        editor.signIn();
        var app = editor.setUp();
        try (var elsewhere = editor.atAnotherComputer(chromium, demo)) {
            Tab tab = elsewhere.tab();
            elsewhere.signIn();
            elsewhere.submit(app.newCode());
            tab.shows("Home");
            tab.press("Sign out");
            elsewhere.signIn();
            tab.says("this computer is remembered");
            tab.press("Sign out");
            lookUp("editor");

            desk.type("New name of Chrome on Linux", "The one that is lost");
            desk.press("Rename Chrome on Linux");
            desk.shows("Help desk");
            desk.says("The computer is now called “The one that is lost”.");

            desk.press("Forget The one that is lost");

            desk.shows("Help desk");
            desk.says("The computer is no longer remembered.");
            elsewhere.signIn();
            elsewhere.submit(app.newCode());
            tab.shows("Home");
        }
    }

    /** RULES F5. */
    @Test
    void freezeAfterADisownedChangeIsLiftedAndTheFactorIsGoodAgain() {
        try (var deputy = open("deputy")) {
            deputy.signIn();
            var app = deputy.setUp();
            var link = new NoticeLinks(postern, "deputy@example.com").newest(1);
            NoticeLinks.press(Api.at(postern.first()), link).expect(200);
            lookUp("deputy");
            desk.says("Nothing can be added since");
            desk.says("Suspended. 0 wrong codes");

            desk.press("They are the person’s: use them again");

            desk.shows("Help desk");
            desk.says("Things can be added to the account again.");
            desk.says("Good. 0 wrong codes");
            try (var elsewhere = deputy.atAnotherComputer(chromium, demo)) {
                elsewhere.signIn();
                elsewhere.submit(app.newCode());
                elsewhere.tab().shows("Home");
            }
        }
    }

    /** RULES F4. */
    @Test
    void codeThatNeedsApprovalIsDrawnForASecondAdministratorAlone() {
        owner.signIn();
        desk.follow("Rules of sign-in");
        desk.shows("Rules of sign-in");
        desk.choose("A code to sign in with takes somebody else’s approval there");
        desk.press("Save the rules");
        desk.says("The rules are saved");
        desk.open(demo.uri());
        openDesk(desk);
        try (var deputy = open("deputy")) {
            editor.signIn();
            editor.setUp();
            search(desk, "editor", "Lost the phone, called back");
            desk.press("Give a code to sign in with once");
            desk.says("Somebody else at the help desk has to approve it.");
            desk.press("Approve the code");
            desk.says("You asked for this code yourself.");

            Tab second = deputy.tab();
            deputy.signIn();
            openDesk(second);
            search(second, "editor", "Spoke with them too");
            second.press("Approve the code");

            second.shows("Help desk");
            var code = second.text("#drawn-code");
            try (var elsewhere = editor.atAnotherComputer(chromium, demo)) {
                elsewhere.signIn();
                elsewhere.tab().press("Code of the help desk");
                elsewhere.tab().type("Code of the help desk", code);
                elsewhere.tab().press("Continue");
                elsewhere.tab().shows("Home");
            }
        } finally {
            postern.api(SeededClient.DEMO_OPERATOR)
                    .with("If-Match", "*")
                    .put("/v1/policy", Map.of())
                    .expect(200);
        }
    }

    /** RULES F4. */
    @Test
    void nobodyHelpsThemselvesAndNobodyElseSeesTheDesk() {
        owner.signIn();
        openDesk(desk);
        search(desk, "owner", "It is me");
        desk.says("Nobody helps themselves here.");
        search(desk, "nobody-" + System.identityHashCode(this), "Called back");
        desk.says("Nobody of that name has signed in here yet");

        editor.signIn();
        editor.tab().shows("Home");
        assertFalse(editor.tab().has("a[href='/help-desk']"));
        editor.tab().open(demo.uri().resolve("/help-desk"));
        editor.tab().shows("Page not found");
    }

    private void lookUp(String user) {
        owner.signIn();
        openDesk(desk);
        search(desk, user, "Lost the phone, called back");
    }

    private static void openDesk(Tab tab) {
        tab.shows("Home");
        tab.follow("Help desk");
        tab.shows("Help desk");
    }

    private static void search(Tab tab, String user, String reason) {
        tab.type("User name of the person", user);
        tab.type("Why", reason);
        tab.press("Look up");
        tab.shows("Help desk");
    }
}
