package io.postern.reversal;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.embedded.Await;
import io.postern.embedded.MailServer;
import io.postern.embedded.SeededClient;
import io.postern.harness.Answer;
import io.postern.harness.Api;
import io.postern.harness.Correspondent;
import io.postern.harness.NoticeLinks;
import io.postern.harness.Postern;
import io.postern.harness.SecondApp;
import io.postern.harness.Sql;
import io.postern.harness.Totp;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RULES F5, I3: who gets a link, what its page shows, and that only the button on it acts. */
final class WasntMePageIT {

    private final Postern postern = Postern.shared();
    private final Api api = postern.api(SeededClient.DEMO_ADMIN, 0);
    private final Api browser = Api.at(postern.first());

    @Test
    void linkGoesToAddressesHeldBeforeTheChangeAndToNoneThatCameWithIt() {
        var owner = Owner.enrolled(postern, api);
        var mailbox = Correspondent.newAddress();
        owner.add(mailbox);

        assertTrue(owner.link(2).startsWith("/wasnt-me/"));
        assertFalse(notice(mailbox, "A factor was added").text().contains("/wasnt-me/"));
        SecondApp.of(owner.person(), api);
        assertTrue(new NoticeLinks(postern, mailbox).newest(1).startsWith("/wasnt-me/"));
    }

    /** The same mailbox in other letters is no address that was held before, and none that is new. */
    @Test
    void newMailAddressGetsNoLinkAndTheOldOneDoes() {
        var owner = Owner.enrolled(postern, api);
        var next = Correspondent.newAddress();
        owner.proven("change_email")
                .put(owner.person().path(), Map.of("email", next))
                .expect(200);

        assertTrue(owner.link(2).startsWith("/wasnt-me/"));
        assertFalse(notice(next, "The email address").text().contains("/wasnt-me/"));
    }

    @Test
    void eachAddressHasALinkOfItsOwnAndAllActOnce() {
        var owner = Owner.enrolled(postern, api);
        var mailbox = Correspondent.newAddress();
        owner.add(mailbox);
        owner.link(2);
        SecondApp.of(owner.person(), api);
        var first = owner.link(3);
        var second = new NoticeLinks(postern, mailbox).newest(1);

        assertFalse(first.equals(second));
        NoticeLinks.press(browser, second).expect(200);
        assertEquals(
                browser.get(second).body(), NoticeLinks.press(browser, first).body());
        assertEquals(2, owner.factors().size());
    }

    /** Mail scanners follow links, and some of them twice. */
    @Test
    void lookingDoesNothing() {
        var owner = Owner.enrolled(postern, api);
        var link = owner.link(1);

        for (var copy : List.of(postern.first(), postern.second())) {
            Api.at(copy).get(link).expect(200);
            Api.at(copy).send("HEAD", link, new byte[0], "").expect(200);
            Api.at(copy).with("Sec-Fetch-Site", "same-origin").post(link).expect(405);
            Api.at(copy).send("OPTIONS", link, new byte[0], "");
        }

        assertEquals(1, owner.factors().size());
        assertTrue(owner.state().json().path("frozen_since").isMissingNode());
    }

    @ParameterizedTest
    @CsvSource({
        "cross-site, http://postern.test",
        "same-site, http://postern.test",
        "none, http://postern.test",
        ", https://postern.test",
        ", http://postern.test.evil.example",
        ", http://evil.example",
        ","
    })
    void buttonOfAnotherSiteDoesNothing(String site, String origin) {
        var owner = Owner.enrolled(postern, api);
        var link = owner.link(1);
        var strange = browser;
        strange = site == null ? strange : strange.with("Sec-Fetch-Site", site);
        strange = origin == null ? strange : strange.with("Origin", origin);

        strange.postForm("/wasnt-me", Map.of("token", NoticeLinks.token(link))).expect(403);

        assertEquals(1, owner.factors().size());
    }

    /** Older browsers tell no site, and those that honour {@code no-referrer} no origin. */
    @ParameterizedTest
    @ValueSource(strings = {"http://postern.test", "null"})
    void buttonOfOurPageActsInOlderBrowsers(String origin) {
        var owner = Owner.enrolled(postern, api);
        var link = owner.link(1);

        browser.with("Origin", origin)
                .postForm("/wasnt-me", Map.of("token", NoticeLinks.token(link)))
                .expect(200);

        assertEquals("blocked", owner.standing());
    }

    @Test
    void strangeTokensAllGetTheSamePage() {
        var unknown = browser.get("/wasnt-me/" + "A".repeat(43)).expect(404);
        for (var token : List.of("x", "A".repeat(42), "A".repeat(44), "%00", "../x", "%E2%82%AC", "B".repeat(43))) {
            var answer = browser.get("/wasnt-me/" + token.replace("../", "..%2F"));
            assertEquals(404, answer.status(), token);
            assertEquals(unknown.body(), answer.body(), token);
        }
        for (var token : List.of("", "x", "B".repeat(43), "\u0000")) {
            assertEquals(
                    unknown.body(),
                    NoticeLinks.press(browser, "/" + token).expect(404).body());
        }
        assertEquals(
                404,
                browser.with("Sec-Fetch-Site", "same-origin")
                        .postForm("/wasnt-me", Map.of())
                        .status());
    }

    /** RULES I2 in words for people: what goes wrong is said on a page, too. */
    @Test
    void errorsArePages() {
        for (var answer : List.of(
                browser.post("/wasnt-me/x"),
                browser.get("/wasnt-me"),
                browser.get("/wasnt-me/x/y"),
                browser.post("/wasnt-me", Map.of("token", "x")),
                browser.send("POST", "/wasnt-me", new byte[70_000], "application/x-www-form-urlencoded"))) {
            assertTrue(answer.status() >= 400 && answer.status() < 500, answer::toString);
            assertTrue(answer.body().startsWith("<!DOCTYPE html>"), answer::toString);
            assertEquals(
                    "text/html;charset=UTF-8", answer.header("Content-Type").orElse(""));
        }
    }

    @Test
    void pageIsKeptBySomebodyNowhereAndLoadsNothing() {
        var owner = Owner.enrolled(postern, api);
        var link = owner.link(1);
        var shown = browser.get(link).expect(200);
        var done = NoticeLinks.press(browser, link).expect(200);
        var unknown = browser.get("/wasnt-me/x").expect(404);

        assertAll(List.of(shown, done, unknown).stream().map(answer -> () -> requireClosed(answer)));
        assertFalse(done.body().contains(NoticeLinks.token(link)));
        assertFalse(done.body().contains("<form"));
    }

    private static void requireClosed(Answer answer) {
        assertEquals("no-store", answer.header("Cache-Control").orElse(""));
        assertEquals("no-referrer", answer.header("Referrer-Policy").orElse(""));
        assertEquals("nosniff", answer.header("X-Content-Type-Options").orElse(""));
        assertEquals("DENY", answer.header("X-Frame-Options").orElse(""));
        assertTrue(answer.header("X-Robots-Tag").orElse("").contains("noindex"));
        var policy = answer.header("Content-Security-Policy").orElse("");
        assertTrue(policy.startsWith("default-src 'none';"), policy);
        assertTrue(policy.contains("frame-ancestors 'none'") && policy.contains("form-action 'self'"), policy);
        assertFalse(policy.contains("unsafe") || policy.contains("http"), policy);
        assertFalse(answer.body().contains("<script") || answer.body().contains("http"), answer::body);
        assertTrue(answer.header("Set-Cookie").isEmpty());
    }

    /** RULES I3: whatever a request says of hosts. */
    @Test
    void linksAreMadeOfTheConfigurationAlone() {
        var owner = Owner.enrolled(postern, api);
        var proven = owner.proven("new_recovery_codes")
                .with("X-Forwarded-Host", "evil.example")
                .with("X-Forwarded-Proto", "https")
                .with("Forwarded", "host=evil.example")
                .with("Origin", "https://evil.example");

        proven.post(owner.path("/recovery-codes")).expect(201);

        assertTrue(owner.link(2).startsWith("/wasnt-me/"));
        var mail = notice(owner.email(), "New recovery codes");
        assertFalse(mail.text().contains("evil"), mail::text);
        var page = browser.with("X-Forwarded-Host", "evil.example").get(owner.link(2));
        assertFalse(page.body().contains("evil"), page::body);
    }

    @ParameterizedTest
    @CsvSource({
        "en, Demo admin area, Authenticator app, This wasn’t me",
        "fr, Demo admin area, Application d'authentification, Ce n'était pas moi",
        "es-MX, Demo admin area, Aplicación de autenticación, No he sido yo",
        "de-AT, Demo admin area, Authenticator-App, Das war ich nicht"
    })
    void pageSpeaksThePersonsLanguage(String locale, String application, String factor, String button) {
        var owner = Owner.enrolled(postern, api, locale);

        var page = browser.with("Accept-Language", "it").get(owner.link(1)).expect(200);

        var text = page.body().replace("&#39;", "'");
        assertTrue(text.contains("<html lang=\"" + locale.substring(0, 2) + "\">"), text);
        assertTrue(text.contains(application) && text.contains(button), text);
        assertTrue(text.contains(factor), text);
    }

    @ParameterizedTest
    @CsvSource({"de, de", "'it,fr;q=0.8', fr", "es-AR, es", "xx, en", "'', en", "'\u0000', en"})
    void pageForNobodySpeaksTheBrowsersLanguage(String accepted, String language) {
        var asking = accepted.isEmpty() || accepted.startsWith("\u0000")
                ? browser
                : browser.with("Accept-Language", accepted);

        var page = asking.get("/wasnt-me/x").expect(404);

        assertTrue(page.body().contains("<html lang=\"" + language + "\">"), page::body);
    }

    /** Somebody else may have named it. */
    @Test
    void labelIsTextAndNothingElse() {
        var owner = Owner.enrolled(postern, api);
        var proven = owner.proven("add_factor");
        var pending = proven.post(
                        owner.path("/factors"), Map.of("type", "totp", "label", "</p><script>alert(1)</script>{token}"))
                .expect(201);
        proven.post(
                        owner.path("/factors/" + pending.text("id") + "/activate"),
                        Map.of("code", Totp.codeAt(pending.text("secret"), Instant.now())))
                .expect(200);

        var page = browser.get(owner.link(2)).expect(200).body().replace("\u200b", "");

        assertFalse(page.contains("<script"), page);
        assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;{token}"), page);
    }

    /** RULES C4 for links: whoever has one acts. */
    @Test
    void tokenIsInNoLogNoMetricAndNoTable() throws IOException {
        var owner = Owner.enrolled(postern, api);
        var token = NoticeLinks.token(owner.link(1));
        browser.get("/wasnt-me/" + token).expect(200);
        browser.get("/wasnt-me/" + token + "/x").expect(404);
        browser.with("Accept", "image/png").get("/wasnt-me/" + token);
        browser.post("/wasnt-me/" + token).expect(405);
        browser.post("/wasnt-me", Map.of("token", token));
        NoticeLinks.press(browser, token).expect(200);

        for (var log : postern.logs()) {
            assertFalse(Files.readString(log).contains(token));
        }
        var metrics = browser.get("/q/metrics").expect(200).body();
        assertFalse(metrics.contains(token));
        assertTrue(metrics.contains("/wasnt-me/{token}"));
        var sql = Sql.on(postern);
        var hidden = "%" + token + "%";
        assertEquals(0, sql.number("select count(*) from disowning_link l where l::text like ?", hidden));
        assertEquals(0, sql.number("select count(*) from subject_change c where c::text like ?", hidden));
    }

    private MailServer.Mail notice(String address, String subject) {
        Await.until(
                Duration.ofSeconds(20),
                subject,
                () -> postern.mail().mailsTo(address).stream()
                        .anyMatch(mail -> mail.subject().startsWith(subject)));
        return postern.mail().mailsTo(address).stream()
                .filter(mail -> mail.subject().startsWith(subject))
                .findFirst()
                .orElseThrow();
    }
}
