package io.postern.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.postern.embedded.Build;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A page of the repository's documentation. */
final class Page {

    private static final String WRITE = "docs.write";

    private final Path file;

    private Page(Path file) {
        this.file = file;
    }

    /** The page of that name, seen from the root of the repository. */
    static Page of(String name) {
        return new Page(root().resolve(name));
    }

    /** The root of the repository. */
    static Path root() {
        return Build.directory().resolveSibling("");
    }

    String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The contents of the page's code blocks of that language, in order. */
    List<String> blocks(String language) {
        return blocks(language, text());
    }

    /** The contents of the code blocks of that language in the section of that heading, in order. */
    List<String> blocksOf(String heading, String language) {
        var section = Pattern.compile(
                        "^## " + Pattern.quote(heading) + "\\n(.*?)(?=^## |\\z)", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text())
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + " has no section " + heading));
        return blocks(language, section);
    }

    private static List<String> blocks(String language, String text) {
        return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** The page reads like this; with {@code -Ddocs.write} it is written instead. */
    void mustRead(String expected) {
        if (System.getProperty(WRITE) != null) {
            write(expected);
        }
        assertEquals(
                expected,
                text(),
                () -> Page.root().relativize(file)
                        + " is not what the code says; bring it up to date with ./mvnw verify -D" + WRITE);
    }

    /** From the line on, the page reads like this; what stands before it is written by hand. */
    void mustReadAfter(String line, String expected) {
        int head = text().indexOf(line + "\n");
        if (head < 0) {
            throw new AssertionError(file + " lacks the line " + line);
        }
        mustRead(text().substring(0, head) + line + "\n\n" + expected);
    }

    private void write(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
