package io.postern.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.postern.demo.browser.Chromium;
import io.postern.demo.browser.NeedsChromium;
import io.postern.demo.browser.Tab;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import io.postern.harness.Postern;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of sign-in on the demo's pages: an administrator changes them, and people meet them. */
@NeedsChromium
@SuppressWarnings("NullAway.Init")
final class RulesBrowserIT {
    private static Chromium chromium;
    private static Demo demo;

    private final Postern postern = Postern.shared();
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
        open("owner");
    }

    @AfterEach
    void leaveAsItWas() {
        guest.close();
        operator().with("If-Match", "*").put("/v1/policy", Map.of()).expect(200);
    }

    @Test
    void administratorChangesTheRulesAndPeopleMayPutThemOffUntilTheDay() {
        guest.signIn();
        openRules();
        tab.choose("Required from a day on; until then people are asked and may put it off");
        tab.press("Save the rules");
        tab.shows("Rules of sign-in");
        tab.says("Choose the day from which it is required.");
        tab.type("Day from which it is required", "2999-01-01");
        tab.choose("editor");
        tab.press("Save the rules");
        tab.shows("Rules of sign-in");
        tab.says("The rules are saved, and hold from now on.");

        meet("viewer");
        tab.shows("Home");
        meet("editor");
        tab.shows("Set up a second step");
        tab.says("From 1 January 2999, 00:00 UTC on");
        tab.press("Not now");
        tab.shows("Home");
        tab.says("None was asked for.");

        put(Map.of("enforcement", "required_from", "required_from", "2001-01-01T00:00:00Z"));
        meet("editor");
        tab.shows("Set up a second step");
        assertFalse(tab.has("form[action='/enroll/skip']"));
        tab.open(at("/home"));
        tab.shows("Set up a second step");
        tab.press("Set up an authenticator app");
        AuthenticatorApp app = guest.shownApp();
        tab.type("Code", app.newCode());
        tab.press("Turn it on");
        guest.leaveRecoveryCodes();
    }

    @Test
    void rulesAreTriedOnSomebodyBeforeTheyMeetThem() {
        meet("editor");
        tab.shows("Home");
        open("owner");
        guest.signIn();
        openRules();
        tab.choose("editor", "user");
        tab.press("What would happen?");
        tab.shows("Rules of sign-in");
        tab.says("editor: The password is enough.");
        tab.says("two_factor_off, enforcement_optional");

        tab.choose("Required now");
        tab.press("Save the rules");
        tab.shows("Rules of sign-in");
        tab.choose("editor", "user");
        tab.press("What would happen?");
        tab.shows("Rules of sign-in");
        tab.says("The person is asked to set up a second step.");
        tab.says("two_factor_off, enforced");
    }

    @Test
    void faultsAreShownAndAnothersChangeIsNotOverwritten() {
        guest.signIn();
        openRules();
        tab.type("Days that a computer is remembered", "91");
        tab.press("Save the rules");
        tab.shows("Rules of sign-in");
        tab.says("remembered_days must be from 0 to 90.");

        put(Map.of("attempts", 4));
        tab.type("Days that a computer is remembered", "7");
        tab.press("Save the rules");
        tab.shows("Rules of sign-in");
        tab.says("Somebody else has changed the rules meanwhile.");
        tab.type("Days that a computer is remembered", "7");
        tab.press("Save the rules");
        tab.says("The rules are saved, and hold from now on.");
        var policy = operator().get("/v1/policy").expect(200).json().path("policy");
        assertEquals(7, policy.path("remembered_days").intValue());
        assertEquals(4, policy.path("attempts").intValue());
    }

    @Test
    void nobodyElseSeesTheRules() {
        meet("editor");
        tab.shows("Home");
        assertFalse(tab.has("a[href='/rules']"));
        tab.open(at("/rules"));
        tab.shows("Page not found");
    }

    private void openRules() {
        tab.shows("Home");
        tab.follow("Rules of sign-in");
        tab.shows("Rules of sign-in");
    }

    private void open(String user) {
        guest = Guest.open(chromium, postern, SeededClient.DEMO_ADMIN, demo, user);
        tab = guest.tab();
    }

    /** Signs in as that user, with a browser of their own. */
    private void meet(String user) {
        guest.close();
        open(user);
        guest.signIn();
    }

    private void put(Map<String, ?> policy) {
        operator().with("If-Match", "*").put("/v1/policy", policy).expect(200);
    }

    private Api operator() {
        return postern.api(SeededClient.DEMO_OPERATOR);
    }

    private static URI at(String path) {
        return demo.uri().resolve(path);
    }
}
