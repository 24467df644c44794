package io.postern.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.demo.browser.Chromium;
import io.postern.demo.browser.NeedsChromium;
import io.postern.demo.browser.Tab;
import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Postern;
import io.postern.harness.Sql;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit trail and the webhooks on the demo's pages, and a receiver of the demo's own. */
@NeedsChromium
@SuppressWarnings("NullAway.Init")
final class OperatorPagesBrowserIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String APPLICATION = SeededClient.DEMO_ADMIN.application();

    private static Chromium chromium;
    private static Postern postern;
    private static Demo demo;

    private Guest guest;
    private Tab tab;

    /** A set whose webhooks may go to this machine, and whose trail may be spoilt. */
    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.start();
        postern = Postern.start(Postern.Options.DEFAULT
                .withCopies(1)
                .withEnvironment("POSTERN_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.0/8"));
        demo = Guest.startDemo(postern, SeededClient.DEMO_ADMIN);
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

    @BeforeEach
    void openTheDemo() {
        open("owner");
    }

    @AfterEach
    void leave() {
        guest.close();
    }

    @Test
    void administratorFindsWhatHappenedAndSeesWhetherTheTrailIsWhole() throws IOException {
        guest.signIn();
        guest.setUp();
        helpDeskActs(30);
        openFromHome("Audit trail");
        tab.select("What happened", "A wrong code was refused");
        tab.press("Show");
        tab.shows("Audit trail");
        tab.says("By alice: “<b>Case</b> 30”");
        tab.says("case number: 30");
        assertEquals(25, tab.count(".factors li"));
        tab.follow("Older");
        tab.shows("Audit trail");
        tab.says("“<b>Case</b> 1”");
        assertEquals(5, tab.count(".factors li"));

        String[] lines = tab.download("Download all of them (NDJSON)").split("\n", -1);
        assertEquals(31, lines.length);
        assertEquals("", lines[30]);
        var newest = new ObjectMapper().readTree(lines[0]);
        assertEquals("code_refused", newest.path("type").textValue());
        assertEquals("<b>Case</b> 30", newest.path("reason").textValue());

        tab.select("What happened", "Everything");
        tab.type("Person", "owner");
        tab.press("Show");
        tab.shows("Audit trail");
        tab.says("A factor was set up");
        tab.says("Authenticator app");
        assertFalse(tab.text("main").contains("alice"));
        tab.type("Person", "nobody");
        tab.press("Show");
        tab.shows("Audit trail");
        tab.says("Nobody of that name has signed in here yet.");

        tab.press("Check the chain");
        tab.shows("Audit trail");
        tab.says("The trail is intact.");
        Sql.on(postern)
                .change(
                        "update audit_event set actor = 'mallory' where application_id = ? and sequence = 2",
                        APPLICATION);
        tab.press("Check the chain");
        tab.shows("Audit trail");
        tab.says("The trail is not intact. The first fault is at no. 2");
        tab.says("this event is not as it was written. 1 event is good before it.");
    }

    @Test
    void endpointIsAddedTriedLookedAfterAndRemoved() throws Exception {
        guest.signIn();
        openFromHome("Webhooks");
        tab.says("There is none: nobody is told.");
        URI own = URI.create(tab.attribute("Address", "value"));
        tab.type("Address", "http://10.0.0.1/hook");
        tab.choose("A factor was removed");
        tab.press("Add the endpoint");
        tab.shows("Webhooks");
        tab.says("Postern does not call this address");
        assertTrue(tab.field("A factor was removed").isChecked());

        tab.open(at("/webhooks"));
        tab.press("Add the endpoint");
        tab.shows("Webhook");
        tab.says("Told of everything.");
        String secret = tab.field("Secret").inputValue();
        assertTrue(secret.startsWith("whsec_"), secret);
        tab.press("Send a test");
        tab.says("A test is on its way.");
        assertFalse(tab.has("#secret"), "the secret is shown again");
        lookUntil("A test Delivered");
        tab.press(tab.text("form[action='/webhooks/redeliver'] button"));
        tab.shows("Webhook");
        tab.says("It is sent again.");
        lookUntil("2 attempts");
        openFromHome("Webhooks");
        tab.says("with a good signature");
        tab.says("Came again");

        assertEquals(401, callAsAStranger(own));
        tab.follow("Look again");
        tab.says("because their signature fits no secret that it has: 1.");

        tab.follow(own.toString());
        tab.shows("Webhook");
        tab.press("Make a new secret");
        tab.shows("Webhook");
        tab.says("Two secrets sign; the older one until");
        assertNotEquals(secret, tab.field("Secret").inputValue());
        tab.open(at("/home"));
        guest.setUp();
        openFromHome("Webhooks");
        lookUntil("A factor was set up");

        tab.follow(own.toString());
        tab.press("Switch off");
        tab.shows("Webhook");
        tab.says("because it was switched off by hand");
        tab.press("Send a test");
        tab.says("It is off. Switch it on first.");
        tab.press("Switch on");
        tab.says("It is on, and is told what has waited.");
        tab.press("Remove");
        tab.shows("Webhooks");
        tab.says("There is none: nobody is told.");
        assertEquals(
                0,
                postern.api(SeededClient.DEMO_OPERATOR)
                        .get("/v1/webhooks")
                        .expect(200)
                        .json()
                        .path("webhooks")
                        .size());
    }

    @Test
    void nobodyElseSeesThesePages() {
        guest.close();
        open("editor");
        guest.signIn();
        tab.shows("Home");
        for (String path : new String[] {"/audit", "/audit.ndjson", "/webhooks", "/webhooks/endpoint?webhook=x"}) {
            assertFalse(tab.has("a[href='" + path + "']"));
            tab.open(at(path));
            tab.shows("Page not found");
            tab.open(at("/home"));
        }
    }

    /** Events about nobody, as the service writes them, done by alice; returns when they can be found. */
    private static void helpDeskActs(int times) {
        var sql = Sql.on(postern);
        for (int i = 1; i <= times; i++) {
            sql.change(
                    "insert into audit_event (application_id, type, actor, reason, details)"
                            + " values (?, 'code_refused', 'alice', ?, jsonb_build_object('case_number', ?::int))",
                    APPLICATION,
                    "<b>Case</b> " + i,
                    i);
        }
        Await.until(
                SOON,
                "sealed",
                () -> sql.number(
                                "select count(*) from audit_event where application_id = ? and sequence is null",
                                APPLICATION)
                        == 0);
    }

    private static int callAsAStranger(URI receiver) throws IOException, InterruptedException {
        try (var stranger = HttpClient.newHttpClient()) {
            var call = HttpRequest.newBuilder(receiver)
                    .header("webhook-id", "x")
                    .header("webhook-timestamp", "1")
                    .header("webhook-signature", "v1,x")
                    .POST(BodyPublishers.ofString("{}"))
                    .build();
            return stranger.send(call, BodyHandlers.discarding()).statusCode();
        }
    }

    private void lookUntil(String words) {
        Await.until(SOON, words, () -> {
            tab.follow("Look again");
            return tab.text("main").replaceAll("\\s+", " ").contains(words);
        });
    }

    private void openFromHome(String page) {
        tab.open(at("/home"));
        tab.shows("Home");
        tab.follow(page);
        tab.shows(page);
    }

    private void open(String user) {
        guest = Guest.open(chromium, postern, SeededClient.DEMO_ADMIN, demo, user);
        tab = guest.tab();
    }

    private static URI at(String path) {
        return demo.uri().resolve(path);
    }
}
