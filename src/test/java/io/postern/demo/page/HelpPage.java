package io.postern.demo.page;

import io.postern.demo.web.Html;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A page of the repository's {@code docs/help}: the words that a product can take over as they are.
 *
 * @param name of the file, without its ending
 */
public record HelpPage(String name, Markdown text) {
    private static final List<String> NAMES =
            List.of("turn-it-on", "new-phone", "lost-phone", "no-code", "this-computer");

    /**
     * All of them, in the order in which they are offered.
     *
     * @throws UncheckedIOException if one cannot be read
     */
    public static List<HelpPage> all(Path directory) {
        return NAMES.stream().map(name -> read(directory, name)).toList();
    }

    private static HelpPage read(Path directory, String name) {
        try {
            return new HelpPage(name, Markdown.read(Files.readString(directory.resolve(name + ".md"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String path() {
        return "/help/" + name;
    }

    public Html html(Frame frame) {
        return Layout.forAnyone(frame, "/help", text.title(), Html.of("""
                <div class="card">
                {}
                </div>
                <p class="aside"><a href="/help">All help pages</a></p>
                """, text.html()));
    }

    /** The list of them. */
    public static Html index(Frame frame, List<HelpPage> pages) {
        List<Html> items = pages.stream()
                .map(page -> Html.of("<li><a href=\"{}\">{}</a></li>\n", page.path(), page.text.title()))
                .toList();
        return Layout.forAnyone(frame, "/help", "Help", Html.of("""
                <div class="card">
                <ul>
                {}</ul>
                </div>
                """, items));
    }
}
