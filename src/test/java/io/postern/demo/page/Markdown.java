package io.postern.demo.page;

import io.postern.demo.web.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * As much of Markdown as the help pages use: one title, headings, paragraphs, lists without lists inside, bold words, and
 * links to other help pages. All else is text.
 */
public record Markdown(String title, Html html) {
    private static final Pattern BLOCKS = Pattern.compile("\\n\\s*\\n");
    private static final Pattern NUMBERED = Pattern.compile("(?m)^\\d+\\. ");
    private static final Pattern BULLET = Pattern.compile("(?m)^- ");
    private static final Pattern INLINE =
            Pattern.compile("\\*\\*(?<bold>[^*]+)\\*\\*|\\[(?<words>[^]]+)]\\((?<page>[a-z-]+)\\.md\\)");

    /** @throws IllegalArgumentException if it does not begin with a title */
    public static Markdown read(String text) {
        var blocks = BLOCKS.split(text.strip(), -1);
        if (!blocks[0].startsWith("# ")) {
            throw new IllegalArgumentException("A page begins with its title");
        }
        List<Html> parts = new ArrayList<>();
        for (int i = 1; i < blocks.length; i++) {
            parts.add(block(blocks[i].strip()));
        }
        return new Markdown(blocks[0].substring(2), Html.of("{}", parts));
    }

    private static Html block(String block) {
        if (block.startsWith("## ")) {
            return Html.of("<h2>{}</h2>\n", inline(block.substring(3)));
        }
        if (BULLET.matcher(block).lookingAt()) {
            return Html.of("<ul>{}</ul>\n", items(BULLET, block));
        }
        if (NUMBERED.matcher(block).lookingAt()) {
            return Html.of("<ol>{}</ol>\n", items(NUMBERED, block));
        }
        return Html.of("<p>{}</p>\n", inline(block));
    }

    private static List<Html> items(Pattern marker, String block) {
        return marker.splitAsStream(block)
                .filter(item -> !item.isBlank())
                .map(item -> Html.of("<li>{}</li>", inline(item)))
                .toList();
    }

    private static List<Html> inline(String text) {
        var line = text.strip().replaceAll("\\s*\\n\\s*", " ");
        List<Html> parts = new ArrayList<>();
        var found = INLINE.matcher(line);
        int from = 0;
        while (found.find()) {
            parts.add(Html.of("{}", line.substring(from, found.start())));
            parts.add(
                    found.group("bold") != null
                            ? Html.of("<strong>{}</strong>", found.group("bold"))
                            : Html.of("<a href=\"/help/{}\">{}</a>", found.group("page"), found.group("words")));
            from = found.end();
        }
        parts.add(Html.of("{}", line.substring(from)));
        return parts;
    }
}
