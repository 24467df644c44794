package io.postern.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.demo.page.Frame;
import io.postern.demo.page.HelpPage;
import io.postern.demo.page.PagesTest;
import io.postern.demo.web.Html;
import io.postern.embedded.Build;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links of the demo lead somewhere, and every help page is linked from where it is needed. */
final class DemoLinksTest {
    private static final Path HELP = Build.directory().resolveSibling("docs/help");
    private static final Pattern LINK = Pattern.compile("<a [^>]*href=\"(/[^\"?#]*)");

    private final List<HelpPage> help = HelpPage.all(HELP);

    @Test
    void everyLinkOfTheDemoLeadsToAPage() throws Exception {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var demo = Demo.start(DemoConfig.of(
                                0, URI.create("http://localhost:" + socket.getLocalPort()), "demo-admin", "demo-secret")
                        .withOperator("demo-operator", "operator-secret"));
                var browser = new PlainBrowser(demo.uri())) {
            var links = links(Stream.concat(PagesTest.PAGES.stream(), helpPages()));
            assertTrue(links.containsAll(Set.of("/profile", "/help", "/help/no-code")), links::toString);
            for (var link : links) {
                assertNotEquals(404, browser.get(link).statusCode(), link);
            }
        }
    }

    @Test
    void everyHelpPageIsLinkedFromAPageThatIsNoHelpPage() {
        var links = links(PagesTest.PAGES.stream());
        for (var page : help) {
            assertTrue(links.contains(page.path()), page.path());
        }
    }

    @Test
    void everyFileIsAPageAndIsListed() throws IOException {
        try (var files = Files.list(HELP)) {
            var names = files.map(
                            file -> "/help/" + file.getFileName().toString().replace(".md", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
            var listed = links(Stream.of(HelpPage.index(Frame.bare(), help)));
            listed.remove("/help");
            assertEquals(names, listed);
        }
    }

    @Test
    void helpPagesReadAsPagesAndNotAsMarkdown() {
        var page = help.getFirst().html(Frame.bare()).toString();
        assertTrue(page.contains("<h1>Turn it on</h1>"), page);
        assertTrue(page.contains("<ol><li>Get an app for codes"), page);
        assertTrue(page.contains("<strong>Profile</strong>"), page);
        assertTrue(page.contains("<a href=\"/help/new-phone\">You have a new phone</a>"), page);
        helpPages()
                .map(Html::toString)
                .forEach(
                        text -> assertTrue(!text.contains("**") && !text.contains("](") && !text.contains("# "), text));
    }

    private Stream<Html> helpPages() {
        var signedIn = new Frame("", Optional.of("Owner"), Optional.empty());
        return Stream.concat(
                Stream.of(HelpPage.index(signedIn, help)), help.stream().map(page -> page.html(signedIn)));
    }

    private static Set<String> links(Stream<Html> pages) {
        return pages.flatMap(page -> LINK.matcher(page.toString()).results())
                .map(link -> link.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
