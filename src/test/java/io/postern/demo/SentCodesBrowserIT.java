package io.postern.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.demo.browser.Chromium;
import io.postern.demo.browser.NeedsChromium;
import io.postern.demo.browser.Tab;
import io.postern.embedded.SeededClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Codes by mail and SMS, as somebody with a browser has them. */
@NeedsChromium
@SuppressWarnings("NullAway.Init")
final class SentCodesBrowserIT {
    private static final String NUMBER = "+14155552671";
    private static final String TYPED_NUMBER = "+1 (415) 555-2671";

    /** After the first code to a number. */
    private static final Duration COOLDOWN = Duration.ofSeconds(30);

    private static Chromium chromium;
    private static Delivering delivering;

    private Guest guest;
    private Tab tab;
    private Addressee mailbox;
    private Addressee phone;

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
        Demo demo = delivering.demo();
        guest = Guest.open(chromium, delivering.postern(), SeededClient.DEMO_ADMIN, demo, "owner");
        tab = guest.tab();
        mailbox = new Addressee(demo.uri(), "owner@example.com");
        phone = new Addressee(demo.uri(), NUMBER);
    }

    @AfterEach
    void leave() {
        guest.close();
    }

    /** RULES A1, A2: a mailbox is level 1 and never {@code mfa}. */
    @Test
    void mailboxIsProvenByACodeAndSignsInAtLevelOne() {
        guest.signIn();
        choose("Set up email");
        tab.shows("Set up email");
        assertEquals("owner@example.com", tab.field("Email address").inputValue());
        tab.press("Send a code");
        tab.shows("Confirm your email address");
        tab.says("A code goes to o•••@example.com.");
        tab.says("look in the spam folder too");
        tab.says("The mail server has taken it.");
        String code = mailbox.newCode();
        tab.type("Code from the email", other(code));
        tab.press("Turn it on");
        tab.says("That code is wrong");
        tab.type("Code from the email", code);
        tab.press("Turn it on");
        guest.leaveRecoveryCodes();
        tab.says("Email · o•••@example.com");
        assertEquals(0, mailbox.unread());

        signInAgain();
        tab.shows("Confirm that it is you");
        assertEquals("one-time-code", tab.attribute("Code from the email", "autocomplete"));
        assertEquals("numeric", tab.attribute("Code from the email", "inputmode"));
        submit("Code from the email", mailbox.newCode());
        tab.shows("Home");
        tab.says("Code by email, which is less than a second factor");
        tab.says("urn:postern:level:1");
        assertFalse(tab.text("main").contains("mfa"));
    }

    /** RULES E3. */
    @Test
    void numbersThatNoMessageGoesToAreRefusedWithTheReason() {
        guest.signIn();
        choose("Set up text messages");
        refuses("0171 123456", "with a plus and the country’s code in front");
        refuses("+44 7400 123456", "No text messages are sent to numbers of United Kingdom.");
        refuses("+1 876 555 1234", "numbers of Jamaica");
        refuses("+1 900 555 0123", "It has to be a mobile number");
        assertEquals("+1 900 555 0123", tab.field("Mobile phone number").inputValue());
        assertEquals(0, phone.unread());
    }

    private void refuses(String number, String words) {
        tab.shows("Set up text messages");
        tab.type("Mobile phone number", number);
        tab.press("Send a code");
        tab.shows("Set up text messages");
        assertEquals(422, tab.status());
        tab.says(words);
        assertTrue(tab.has("#destination:focus"));
    }

    @Test
    void phoneSignsInAndProvesChangesAndOtherWaysAreOffered() {
        guest.signIn();
        setUpPhone();
        tab.says("Text message · +•••••••••71");

        delivering.letTimePass();
        tab.follow("Add another way");
        tab.follow("Set up email");
        tab.type("Email address", "owner.other@example.com");
        tab.press("Send a code");
        var second = new Addressee(delivering.demo().uri(), "owner.other@example.com");
        tab.shows("Add an email address");
        submit("Code from the text message", phone.newCode());
        tab.shows("Confirm your email address");
        tab.type("Code from the email", second.newCode());
        tab.press("Turn it on");
        tab.shows("Profile");

        signInAgain();
        tab.shows("Confirm that it is you");
        tab.says("A code goes to +•••••••••71.");
        String bySms = phone.newCode();
        tab.press("Email (o•••@example.com)");
        tab.says("A code goes to o•••@example.com.");
        submit("Code from the email", other(second.newCode()));
        tab.says("4 tries are left.");
        tab.press("Phone (+•••••••••71)");
        assertEquals(0, phone.unread());
        submit("Code from the text message", bySms);
        tab.shows("Home");
        tab.says("Code by text message");
        tab.says("sms, mfa");
    }

    /** RULES E1. The button waits for its time; whoever presses without a script is told. */
    @Test
    void anotherCodeCanBeAskedForWhenItsTimeHasCome() {
        guest.signIn();
        setUpPhone();
        tab.press("Sign out");
        tab.keepTime();
        guest.signIn();
        tab.shows("Confirm that it is you");
        tab.says("No code was sent, because enough messages went out for now.");
        tab.says("None is on its way.");
        assertEquals(0, phone.unread());
        assertTrue(tab.has(".again button:disabled"));

        delivering.letTimePass();
        tab.letPass(COOLDOWN);
        tab.press("Send a code");
        tab.shows("Confirm that it is you");
        tab.says("Possible in");
        submit("Code from the text message", phone.newCode());
        tab.shows("Home");
    }

    @Test
    void codeArrivesWhenAFailingProviderHasRecovered() {
        guest.signIn();
        setUpPhone();
        letProvider("fails with an error of its own (500)");
        try {
            signInAgain();
            tab.shows("Confirm that it is you");
            tab.says("Sending it has failed so far.");
        } finally {
            letProvider("takes every message");
        }
        tab.open(delivering.demo().uri().resolve("/code"));
        tab.says("The SMS provider has taken it.");
        submit("Code from the text message", phone.newCode());
        tab.shows("Home");
    }

    @Test
    void numberThatTheProviderRefusesIsSaidSo() {
        guest.signIn();
        setUpPhone();
        letProvider("refuses the number (400)");
        try {
            signInAgain();
            tab.shows("Confirm that it is you");
            tab.says("It could not be sent. Ask for a new code, or use another way.");
        } finally {
            letProvider("takes every message");
        }
    }

    @Test
    void personIsAskedAtEverySignInIfTheyWish() {
        guest.signIn();
        setUpPhone();
        assertFalse(tab.field("Ask for a code at every sign-in").isChecked());
        tab.field("Ask for a code at every sign-in").check();
        tab.press("Save");
        tab.shows("Profile");
        assertTrue(tab.field("Ask for a code at every sign-in").isChecked());
        tab.field("Ask for a code at every sign-in").uncheck();
        tab.press("Save");
        tab.shows("Profile");
        assertFalse(tab.field("Ask for a code at every sign-in").isChecked());
    }

    /** Ends on the profile page. */
    private void setUpPhone() {
        choose("Set up text messages");
        tab.shows("Set up text messages");
        tab.type("Mobile phone number", TYPED_NUMBER);
        tab.press("Send a code");
        tab.shows("Confirm your phone number");
        tab.type("Code from the text message", phone.newCode());
        tab.press("Turn it on");
        guest.leaveRecoveryCodes();
    }

    private void choose(String way) {
        tab.shows("Home");
        tab.follow("Profile");
        tab.follow("Set up two-factor authentication");
        tab.shows("Choose a way to confirm sign-ins");
        tab.follow(way);
    }

    private void signInAgain() {
        delivering.letTimePass();
        tab.open(delivering.demo().uri().resolve("/"));
        tab.press("Sign out");
        guest.signIn();
    }

    private void submit(String field, String code) {
        tab.type(field, code);
        tab.press("Continue");
    }

    private void letProvider(String mood) {
        tab.open(delivering.demo().uri().resolve("/inbox"));
        tab.shows("Inbox");
        tab.field(mood).check();
        tab.press("Let it");
        tab.shows("Inbox");
        assertTrue(tab.field(mood).isChecked());
    }

    private static String other(String code) {
        return code.equals("000000") ? "000001" : "000000";
    }
}
