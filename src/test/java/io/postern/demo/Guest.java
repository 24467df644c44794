package io.postern.demo;

import io.postern.demo.browser.Chromium;
import io.postern.demo.browser.Tab;
import io.postern.embedded.SeededClient;
import io.postern.harness.Postern;
import java.io.IOException;

/** Somebody with a browser at a demo of an application, with two-factor off at first. */
final class Guest implements AutoCloseable {
    private final Postern postern;
    private final String application;
    private final String user;
    private final Tab tab;

    private Guest(Postern postern, String application, String user, Tab tab) {
        this.postern = postern;
        this.application = application;
        this.user = user;
        this.tab = tab;
    }

    /** A demo that is the front end of this client's application. */
    static Demo startDemo(Postern postern, SeededClient client) throws IOException {
        return startDemo(postern, client, Inbox.none());
    }

    /** The same with an inbox. */
    static Demo startDemo(Postern postern, SeededClient client, Inbox inbox) throws IOException {
        String application = client.application();
        var operator = SeededClient.DEMO_OPERATOR;
        var config = new DemoConfig(
                0, postern.first(), Postern.ISSUER.toString(), application, client.id(), client.secret());
        return Demo.start(
                application.equals(operator.application())
                        ? config.withOperator(operator.id(), operator.secret())
                        : config,
                inbox);
    }

    /** Opens the demo as the user of that name, whose authenticator apps of former tests are forgotten. */
    static Guest open(Chromium chromium, Postern postern, SeededClient client, Demo demo, String user) {
        AuthenticatorApp.forget(postern, client.application(), user);
        return new Guest(postern, client.application(), user, chromium.open(demo.uri()));
    }

    /** The same person at another computer, who has the same phone. */
    Guest atAnotherComputer(Chromium chromium, Demo demo) {
        return new Guest(postern, application, user, chromium.open(demo.uri()));
    }

    Tab tab() {
        return tab;
    }

    void signIn() {
        signIn("demo");
    }

    void signIn(String password) {
        tab.shows("Sign in");
        tab.type("User name", user);
        tab.type("Password", password);
        tab.press("Sign in");
    }

    /** From the home page to an authenticator app called Phone; ends on the profile page. */
    AuthenticatorApp setUp() {
        AuthenticatorApp app = beginSetUp();
        tab.type("Name", "Phone");
        tab.type("Code", app.newCode());
        tab.press("Turn it on");
        leaveRecoveryCodes();
        return app;
    }

    /** From the recovery codes to the profile page, without keeping them. */
    void leaveRecoveryCodes() {
        tab.shows("Keep your recovery codes");
        tab.press("Later");
        tab.shows("Profile");
    }

    /** From the home page to the page with the key. */
    AuthenticatorApp beginSetUp() {
        tab.shows("Home");
        tab.follow("Profile");
        tab.shows("Profile");
        tab.follow("Set up two-factor authentication");
        tab.shows("Choose a way to confirm sign-ins");
        tab.press("Set up an authenticator app");
        return shownApp();
    }

    /** An app that has taken the key which the page shows. */
    AuthenticatorApp shownApp() {
        tab.shows("Set up an authenticator app");
        return new AuthenticatorApp(postern, application, user, shownKey());
    }

    String shownKey() {
        return tab.field("The same in one piece, to copy").inputValue();
    }

    /** At the second step of a sign-in. */
    void submit(String code) {
        tab.shows("Confirm that it is you");
        tab.type("Code from “Phone”", code);
        tab.press("Continue");
    }

    @Override
    public void close() {
        tab.close();
    }
}
