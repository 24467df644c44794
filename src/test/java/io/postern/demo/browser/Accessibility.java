package io.postern.demo.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for breaches of WCAG 2.2, levels A and AA, with axe-core: in light colours on a desk, in dark ones on the
 * narrowest screen that counts (success criterion 1.4.10).
 */
final class Accessibility {
    private static final List<String> RULES = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");
    private static final String AXE = read("/axe.min.js");
    private static final String RUN = """
            async rules => {
              const found = await axe.run(document, { runOnly: { type: 'tag', values: rules } });
              return found.violations.flatMap(violation => violation.nodes.map(
                  node => violation.help + ' (' + violation.id + '): ' + node.html));
            }
            """;
    // What scrolls sideways, other than the page itself, is clipped and does not count.
    private static final String WIDER_THAN_THE_SCREEN =
            "() => document.documentElement.scrollWidth > window.innerWidth";

    private static final int DESK = 1280;
    private static final int NARROWEST = 320;
    private static final int HEIGHT = 800;

    private static final String SHAPE = """
            () => [...document.querySelectorAll('*')].map(element => element.tagName + '.' + element.className).join()
            """;

    private final Set<Object> seen = new HashSet<>();

    /**
     * Looks the page over, unless one that differs in nothing but words was looked over already.
     *
     * @throws AssertionError naming every breach
     */
    void check(Page page) {
        if (seen.add(page.evaluate(SHAPE))) {
            examine(page);
        }
    }

    /** Looks the page over, in whatever words it is like another. */
    void examine(Page page) {
        page.evaluate(AXE);
        check(page, ColorScheme.DARK, NARROWEST);
        check(page, ColorScheme.LIGHT, DESK);
    }

    private static void check(Page page, ColorScheme colours, int width) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colours));
        page.setViewportSize(width, HEIGHT);
        String where = "%s, %s, %d px".formatted(page.title(), colours, width);
        assertEquals(List.of(), page.evaluate(RUN, RULES), where);
        assertEquals(false, page.evaluate(WIDER_THAN_THE_SCREEN), () -> where + " is wider than the screen");
    }

    private static String read(String resource) {
        try (InputStream file = Accessibility.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException(resource + " is not on the class path");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
