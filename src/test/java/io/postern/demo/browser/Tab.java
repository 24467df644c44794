package io.postern.demo.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One person's browser, with cookies of its own: what they see on the page, by the names that they see, and what they do
 * with it. Every page is
 * looked over ({@link Accessibility}), and none may complain in the console.
 */
public final class Tab implements AutoCloseable {
    private static final double PATIENCE = Duration.ofSeconds(30).toMillis();

    private final BrowserContext context;
    private final Accessibility accessibility;
    private final Page page;
    private final List<String> complaints = new ArrayList<>();
    private int status;

    private Tab(BrowserContext context, Accessibility accessibility) {
        this.context = context;
        this.accessibility = accessibility;
        this.page = context.newPage();
        page.setDefaultTimeout(PATIENCE);
        page.onConsoleMessage(this::heed);
        page.onPageError(complaints::add);
        page.onResponse(this::heed);
    }

    static Tab open(Browser browser, Accessibility accessibility, URI address) {
        var options = new Browser.NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write"));
        var tab = new Tab(browser.newContext(options), accessibility);
        tab.open(address);
        return tab;
    }

    private void heed(ConsoleMessage message) {
        // Chromium logs the status of every refusal. Those of pages are meant; of anything else, heed(Response) tells.
        boolean refusal = message.text().startsWith("Failed to load resource: the server responded with a status of");
        if (!refusal && (message.type().equals("error") || message.type().equals("warning"))) {
            complaints.add(message.text());
        }
    }

    private void heed(Response response) {
        if (response.request().isNavigationRequest()) {
            status = response.status();
        } else if (!response.ok()) {
            complaints.add(response.status() + " " + response.url());
        }
    }

    public void open(URI address) {
        page.navigate(address.toString());
    }

    /** Waits for the page with that heading. */
    public void shows(String heading) {
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                .hasText(heading, new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
        accessibility.check(page);
        assertEquals(List.of(), complaints, heading);
    }

    /** {@link #shows} in other words than before, whose length may break the page. */
    public void showsInItsLanguage(String heading) {
        shows(heading);
        accessibility.examine(page);
    }

    /** Waits for words anywhere on the page. */
    public void says(String words) {
        assertThat(page.locator("body"))
                .containsText(words, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
    }

    /** The status of the answer that brought the page. */
    public int status() {
        return status;
    }

    /** The field with that label. */
    public Locator field(String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    /** An attribute of the field with that label, empty where it has none. */
    public String attribute(String label, String name) {
        String value = field(label).getAttribute(name);
        return value == null ? "" : value;
    }

    public void type(String label, String text) {
        field(label).fill(text);
    }

    /** Ticks the box, or takes the choice, with that label. */
    public void choose(String label) {
        field(label).first().check();
    }

    /** The same among those of one name, where others have that label too. */
    public void choose(String label, String name) {
        page.locator("input[name='" + name + "']").and(field(label)).check();
    }

    /** Takes an option of the list with that label, by what it says. */
    public void select(String label, String option) {
        field(label).selectOption(new SelectOption().setLabel(option));
    }

    /** From the clipboard, with the keyboard. */
    public void paste(String label, String text) {
        page.evaluate("text => navigator.clipboard.writeText(text)", text);
        field(label).focus();
        page.keyboard().press("Control+V");
    }

    /** Presses a button; returns on the next page. */
    public void press(String button) {
        leaveBy(page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true)));
    }

    /** Presses a button that stays on the page. */
    public void activate(String button) {
        page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName(button).setExact(true))
                .click();
    }

    /** From now on the scripts of the pages have a clock that {@link #letPass} moves. */
    public void keepTime() {
        page.clock().install();
    }

    /** Moves the clock of the pages' scripts on. */
    public void letPass(Duration time) {
        page.clock().fastForward(time.toMillis());
    }

    /** What was copied last. */
    public String clipboard() {
        return String.valueOf(page.evaluate("() => navigator.clipboard.readText()"));
    }

    /** Follows a link to a file, and reads it. */
    public String download(String link) {
        Download download = page.waitForDownload(() -> page.getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true))
                .click());
        try {
            return Files.readString(download.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Follows one of several links of that name, counted from 0. */
    public void follow(String link, int index) {
        leaveBy(page.getByRole(
                        AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true))
                .nth(index));
    }

    /** How many elements fit the selector. */
    public int count(String selector) {
        return page.locator(selector).count();
    }

    /** Follows a link to the next page. */
    public void follow(String link) {
        leaveBy(page.getByRole(
                AriaRole.LINK, new Page.GetByRoleOptions().setName(link).setExact(true)));
    }

    /** Follows the first link to that part of an address. */
    public void followFirst(String partOfAddress) {
        leaveBy(page.locator("a[href*='" + partOfAddress + "']").first());
    }

    /** The address of the page. */
    public URI address() {
        return URI.create(page.url());
    }

    /** The next page may have the same address and heading, so this one is marked. */
    private void leaveBy(Locator way) {
        page.evaluate("() => document.documentElement.dataset.left = ''");
        way.click();
        page.locator("html[data-left]").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        page.waitForLoadState();
    }

    /** Text of the one element that fits the selector, with the gaps that are drawn between its parts. */
    public String text(String selector) {
        return page.locator(selector).innerText();
    }

    /** Whether there is such an element. */
    public boolean has(String selector) {
        return page.locator(selector).count() > 0;
    }

    /** Takes an element out of the page. */
    public void takeAway(String selector) {
        page.locator(selector).evaluateAll("elements => elements.forEach(element => element.remove())");
    }

    /** Throws away the cookies whose names begin like this. */
    public void forgetCookies(String prefix) {
        context.cookies().stream()
                .filter(cookie -> cookie.name.startsWith(prefix))
                .forEach(cookie -> context.clearCookies(new BrowserContext.ClearCookiesOptions().setName(cookie.name)));
    }

    /** The names of the cookies that no script can read and that go to this very host over a safe connection alone. */
    public List<String> hostCookies() {
        return context.cookies().stream()
                .filter(cookie -> cookie.secure && cookie.httpOnly && cookie.name.startsWith("__Host-"))
                .map(cookie -> cookie.name)
                .toList();
    }

    /** A page of somebody else's site in this very browser, with nothing but this markup. */
    public void openStrangeSite(String markup) {
        page.navigate("about:blank");
        page.setContent(markup);
    }

    /** What is on the screen where that element is, as PNG. */
    public void picture(String selector, Path file) {
        page.locator(selector).screenshot(new Locator.ScreenshotOptions().setPath(file));
    }

    @Override
    public void close() {
        context.close();
    }
}
