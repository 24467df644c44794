package io.postern.message;

import java.util.List;

/** A mail's HTML as a person reads it. */
final class Rendered {

    /** Names and labels that somebody may choose. */
    static final List<String> NASTY = List.of(
            "<script>alert(1)</script>",
            "Tom & Jerry's \"phone\"",
            "&lt;b&gt; {code} {application}",
            "טלפון של דנה",
            "\u202egnihsihp\u2066",
            "👩‍💻 🇩🇪",
            "</p><p>%s $1 \\n");

    private Rendered() {}

    /** The words of the page's body, paragraphs divided by blank lines. */
    static String text(String html) {
        return html.substring(html.indexOf("<p>"))
                .replace("<br>\n", "\n")
                .replace("</p>\n<p>", "\n\n")
                .replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&")
                .strip()
                .concat("\n");
    }
}
