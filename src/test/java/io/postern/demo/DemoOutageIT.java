package io.postern.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.demo.browser.Chromium;
import io.postern.demo.browser.NeedsChromium;
import io.postern.embedded.SeededClient;
import io.postern.harness.Postern;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo admin area in a browser, while its service does not answer. */
@NeedsChromium
@SuppressWarnings("NullAway.Init")
final class DemoOutageIT {
    private static final SeededClient CLIENT = SeededClient.DEMO_ADMIN;

    private static Chromium chromium;
    private static Postern postern;
    private static Demo demo;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.start();
        postern = Postern.start(Postern.Options.DEFAULT.withCopies(1));
        demo = Guest.startDemo(postern, CLIENT);
    }

    @AfterAll
    static void stop() {
        if (demo != null) {
            demo.close();
        }
        if (postern != null) {
            postern.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    /** Nobody can tell then who has a second factor, so not even those get in who have none. */
    @Test
    void frozenServiceLetsNobodyInAndSaysSo() {
        try (Guest enrolled = Guest.open(chromium, postern, CLIENT, demo, "owner");
                Guest later = Guest.open(chromium, postern, CLIENT, demo, "owner");
                Guest plain = Guest.open(chromium, postern, CLIENT, demo, "editor");
                Guest inside = Guest.open(chromium, postern, CLIENT, demo, "editor")) {
            enrolled.signIn();
            AuthenticatorApp app = enrolled.setUp();
            enrolled.tab().press("Sign out");
            enrolled.signIn();
            enrolled.tab().shows("Confirm that it is you");
            inside.signIn();
            inside.tab().shows("Home");

            postern.copy(0).freeze();
            enrolled.submit(app.newCode());
            enrolled.tab().shows("Confirm that it is you");
            enrolled.tab().says("The code cannot be checked right now, so nothing was opened or changed.");
            assertEquals(503, enrolled.tab().status());
            plain.signIn();
            plain.tab().shows("Sign in");
            plain.tab().says("Your second step cannot be checked right now, so nobody is let in.");
            assertEquals(503, plain.tab().status());
            inside.tab().follow("Profile");
            inside.tab().shows("Profile");
            inside.tab().says("Your settings cannot be read right now.");

            postern.copy(0).thaw();
            // Not the same challenge: the service may have taken the code whose answer nobody waited for.
            later.signIn();
            later.submit(app.newCode());
            later.tab().shows("Home");
            plain.signIn();
            plain.tab().shows("Home");
        }
    }
}
