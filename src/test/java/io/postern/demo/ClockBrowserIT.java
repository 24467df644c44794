package io.postern.demo;

import io.postern.demo.browser.Chromium;
import io.postern.demo.browser.NeedsChromium;
import io.postern.embedded.SeededClient;
import io.postern.harness.Postern;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A phone whose clock is off: the page says so, by how much, and what to do (RULES C1). */
@NeedsChromium
@SuppressWarnings("NullAway.Init")
final class ClockBrowserIT {
    private static Chromium chromium;
    private static Demo demo;

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

    @Test
    void personLearnsThatThePhonesClockIsOffWhileSettingUpAndSigningIn() {
        try (var guest = Guest.open(chromium, Postern.shared(), SeededClient.DEMO_ADMIN, demo, "editor")) {
            var tab = guest.tab();
            guest.signIn();
            var phone = guest.beginSetUp();
            tab.type("Name", "Phone");
            tab.type("Code", phone.codeOfClockAhead(Duration.ofMinutes(-4)));
            tab.press("Turn it on");
            tab.shows("Set up an authenticator app");
            tab.says("Your phone’s clock seems to be about 4 minutes slow");
            tab.says("Let the phone set its clock automatically");
            tab.type("Code", phone.newCode());
            tab.press("Turn it on");
            guest.leaveRecoveryCodes();

            tab.press("Sign out");
            guest.signIn();
            guest.submit(phone.codeOfClockAhead(Duration.ofSeconds(90)));
            tab.shows("Confirm that it is you");
            tab.says("Your phone’s clock seems to be about 90 seconds fast. It is ");
            tab.says(" UTC here.");
            tab.says("4 tries are left.");
            guest.submit(phone.newCode());
            tab.shows("Home");
        }
    }
}
