package io.postern.message;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The two forms of a mail. */
enum Markup {
    PLAIN {
        @Override
        String literal(String text) {
            return text;
        }

        @Override
        String value(String text) {
            return text;
        }

        @Override
        String code(String code) {
            return code;
        }

        @Override
        String link(String address) {
            return address;
        }
    },
    HTML {
        @Override
        String literal(String text) {
            return text.replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;")
                    .replace("\"", "&quot;")
                    .replace("'", "&#39;");
        }

        // Isolated, so that a name written from right to left does not reorder what stands around it.
        @Override
        String value(String text) {
            return "<bdi>" + literal(text) + "</bdi>";
        }

        // Spaced by style alone: what is copied is digits.
        @Override
        String code(String code) {
            return "<strong style=\"font:700 1.75em/1.4 monospace;letter-spacing:.15em;white-space:nowrap;"
                    + "-webkit-user-select:all;user-select:all\">" + code + "</strong>";
        }

        @Override
        String link(String address) {
            return "<a href=\"" + literal(address) + "\" rel=\"noreferrer\">" + literal(address) + "</a>";
        }
    };

    /** Words of ours, or of an application's texts. */
    abstract String literal(String text);

    /** A value in one line. */
    abstract String value(String text);

    abstract String code(String code);

    /** An address of our own to go to. */
    abstract String link(String address);

    /**
     * A whole page of what was rendered as {@link #HTML}: blank lines divide paragraphs. It names no colours, so that a dark
     * mail program shows it dark, and loads nothing.
     */
    static String page(String language, String title, String body) {
        var paragraphs = Arrays.stream(body.split("\n\n"))
                .map(paragraph -> "<p>" + paragraph.replace("\n", "<br>\n") + "</p>\n")
                .collect(Collectors.joining());
        return """
                <!DOCTYPE html>
                <html lang="%s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <meta name="format-detection" content="telephone=no, date=no, address=no, email=no">
                <title>%s</title>
                <style>:root{color-scheme:light dark}</style>
                </head>
                <body style="max-width:36em;margin:0;padding:1.5em;font:1em/1.5 sans-serif">
                """.formatted(language, HTML.literal(title)) + paragraphs + "</body>\n</html>\n";
    }
}
