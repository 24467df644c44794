package io.postern.docs;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between the pages of the repository lead somewhere. */
final class LinksTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

    @Test
    void everyLinkToAFileHasItsFile() throws IOException {
        try (var root = Files.list(Page.root());
                var docs = Files.walk(Page.root().resolve("docs"));
                var chart = Files.walk(Page.root().resolve("helm"));
                var manifests = Files.walk(Page.root().resolve("k8s"))) {
            assertAll(Stream.of(root, docs, chart, manifests)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .flatMap(LinksTest::targets)
                    .map(target -> () -> assertTrue(Files.exists(target), target + " is missing")));
        }
    }

    private static Stream<Path> targets(Path page) {
        try {
            return LINK.matcher(Files.readString(page))
                    .results()
                    .map((MatchResult link) ->
                            page.resolveSibling(link.group(1)).normalize());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
