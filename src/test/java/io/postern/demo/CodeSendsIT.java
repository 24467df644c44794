package io.postern.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.postern.embedded.Await;
import io.postern.embedded.SeededClient;
import io.postern.harness.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the demo sends a code and when it does not, without a script in the browser. */
final class CodeSendsIT {
    private static final SeededClient CLIENT = SeededClient.DEMO_ADMIN;
    private static final String USER = "viewer";
    private static final String ADDRESS = "viewer@example.com";

    private final Delivering delivering = Delivering.shared();
    private final PlainBrowser browser = new PlainBrowser(delivering.demo().uri());
    private final Addressee mailbox = new Addressee(delivering.demo().uri(), ADDRESS);

    @BeforeEach
    void enrollTheMailbox() {
        AuthenticatorApp.forget(delivering.postern(), CLIENT.application(), USER);
        delivering.letTimePass();
        Api api = delivering.postern().api(CLIENT);
        api.put("/v1/subjects/" + USER, Map.of("email", ADDRESS));
        var pending = api.post("/v1/subjects/" + USER + "/factors", Map.of("type", "email", "address", ADDRESS))
                .expect(201);
        api.post(
                        "/v1/subjects/" + USER + "/factors/" + pending.text("id") + "/activate",
                        Map.of("code", mailbox.newCode()))
                .expect(200);
        delivering.letTimePass();
    }

    @AfterEach
    void close() {
        browser.close();
    }

    /** RULES C2 allows two; a reload is no wish for another. */
    @Test
    void reloadSendsNoSecondCode() throws Exception {
        assertEquals("/code", PlainBrowser.location(browser.signIn(USER, "demo")));
        String code = mailbox.newCode();
        delivering.letTimePass();
        for (int i = 0; i < 3; i++) {
            assertEquals(200, browser.get("/code").statusCode());
        }
        awaitDelivery("/code/delivery?factor=" + factor());
        assertEquals("/home", PlainBrowser.location(browser.submitCode(code)));
        assertEquals(0, mailbox.unread());
    }

    /** RULES H3. */
    @Test
    void sameFormSentTwiceSendsOneCode() throws Exception {
        browser.signIn(USER, "demo");
        mailbox.newCode();
        delivering.letTimePass();
        var form = browser.formForAnotherCode("/code");
        assertEquals(303, browser.post("/code/send", form).statusCode());
        String code = mailbox.newCode();
        delivering.letTimePass();
        assertEquals(303, browser.post("/code/send", form).statusCode());
        awaitDelivery("/code/delivery?factor=" + factor());
        assertEquals("/home", PlainBrowser.location(browser.submitCode(code)));
        assertEquals(0, mailbox.unread());
    }

    @Test
    void whoeverAsksTooSoonIsToldWhenInPlainMarkup() throws Exception {
        browser.signIn(USER, "demo");
        String code = mailbox.newCode();
        assertFalse(browser.get("/code").body().contains("<button disabled"));
        browser.post("/code/send", browser.formForAnotherCode("/code"));
        String page = browser.get("/code").body();

        assertTrue(page.contains("No code was sent, because enough messages went out for now."), page);
        assertTrue(
                Pattern.compile("Possible in [0-9]+ seconds\\.").matcher(page).find(), page);
        assertEquals("/home", PlainBrowser.location(browser.submitCode(code)));
    }

    /** What tells how far a first code is repeats the call that sent it, and must not send another. */
    @Test
    void addressIsProvenByEitherOfTheTwoNewestCodes() throws Exception {
        AuthenticatorApp.forget(delivering.postern(), CLIENT.application(), USER);
        browser.signIn(USER, "demo");
        var form = browser.formOfDestination("/set-up/email", ADDRESS);
        assertEquals("/set-up", PlainBrowser.location(browser.post("/set-up/email", form)));
        String first = mailbox.newCode();
        Await.until(
                Duration.ofSeconds(10), "news", () -> news("/set-up/delivery").contains("has taken it"));

        delivering.letTimePass();
        assertEquals("/set-up", PlainBrowser.location(browser.post("/set-up/send", form)));
        mailbox.newCode();
        Await.until(
                Duration.ofSeconds(10), "news", () -> news("/set-up/delivery").contains("has taken it"));
        var code = Map.of("csrf", browser.formSecret("/set-up"), "code", first);
        assertEquals("/recovery-codes", PlainBrowser.location(browser.post("/set-up", code)));
        assertEquals(0, mailbox.unread());
    }

    /** RULES F3: the password alone must not be enough to set up a first factor. */
    @Test
    void firstFactorNeedsACodeFromTheKnownMailboxWhereThePolicySaysSo() throws Exception {
        AuthenticatorApp.forget(delivering.postern(), CLIENT.application(), USER);
        setPolicy("{\"confirm_email_first\":true}");
        try {
            var other = new Addressee(delivering.demo().uri(), "somewhere@example.net");
            browser.signIn(USER, "demo");
            browser.post("/set-up/email", browser.formOfDestination("/set-up/email", "somewhere@example.net"));
            String page = browser.get("/set-up").body();
            assertTrue(page.contains("Code from the email to v•••@example.com"), page);
            String secret = browser.formSecret("/set-up");
            String code = other.newCode();
            String known = mailbox.newCode();
            delivering.letTimePass();
            assertEquals(
                    303,
                    browser.post("/set-up/send-confirmation", Map.of("csrf", secret))
                            .statusCode());
            mailbox.newCode();

            var withoutIt = Map.of("csrf", secret, "code", code, "email_code", "");
            assertEquals(422, browser.post("/set-up", withoutIt).statusCode());
            var withIt = Map.of("csrf", secret, "code", code, "email_code", known);
            assertEquals("/recovery-codes", PlainBrowser.location(browser.post("/set-up", withIt)));
        } finally {
            setPolicy("{}");
        }
    }

    private void setPolicy(String policy) throws SQLException {
        try (var connection = delivering.postern().connect();
                var statement = connection.prepareStatement("update application set policy = ?::jsonb where id = ?")) {
            statement.setString(1, policy);
            statement.setString(2, CLIENT.application());
            assertEquals(1, statement.executeUpdate());
        }
    }

    @Test
    void codeOfOneSignInOpensNoOther() throws Exception {
        browser.signIn(USER, "demo");
        String first = mailbox.newCode();
        delivering.letTimePass();
        browser.signIn(USER, "demo");
        mailbox.newCode();

        assertEquals(422, browser.submitCode(first).statusCode());
    }

    @Test
    void factorOfSomebodyElseSendsNothing() throws Exception {
        browser.signIn(USER, "demo");
        mailbox.newCode();
        delivering.letTimePass();
        String secret = browser.formSecret("/code");
        for (String path : new String[] {"/code/choose", "/code/send"}) {
            var form = Map.of("csrf", secret, "factor", "00000000-0000-0000-0000-000000000000", "once", "x");
            assertEquals("/code", PlainBrowser.location(browser.post(path, form)));
        }
        assertEquals(0, mailbox.unread());
    }

    @Test
    void scriptLearnsHowFarTheCodeIs() throws Exception {
        browser.signIn(USER, "demo");
        mailbox.newCode();
        awaitDelivery("/code/delivery?factor=" + factor());
    }

    private String factor() throws IOException, InterruptedException {
        return browser.formForAnotherCode("/code").getOrDefault("factor", "");
    }

    /** Until the newest code is with the mail server: what was sent before it is there then, too. */
    private void awaitDelivery(String path) {
        Await.until(Duration.ofSeconds(10), "delivery", () -> news(path).contains("has taken it.\",\"final\":true"));
    }

    private String news(String path) {
        try {
            return browser.get(path).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The shape that scripts which try Postern out rely on. */
    @Test
    void inboxIsAnArrayWithTheNewestFirst() throws Exception {
        browser.signIn(USER, "demo");
        mailbox.newCode();
        JsonNode letters =
                new ObjectMapper().readTree(browser.get("/inbox.json").body());

        assertTrue(letters.isArray());
        JsonNode newest = letters.get(0);
        assertEquals("email", newest.path("channel").asText());
        assertEquals(ADDRESS, newest.path("to").asText());
        assertFalse(newest.path("subject").asText().isEmpty());
        assertTrue(newest.path("text").asText().matches("(?s).*\\b[0-9]{6}\\b.*"));
        assertFalse(Instant.parse(newest.path("at").asText())
                .isBefore(
                        Instant.parse(letters.get(letters.size() - 1).path("at").asText())));
        assertTrue(browser.get("/inbox").body().contains(ADDRESS));
    }

    @Test
    void providerIsLeftAloneByFormsThatAreNotOurs() throws Exception {
        assertEquals(
                403, browser.post("/inbox/provider", Map.of("mood", "FAILS")).statusCode());
    }
}
