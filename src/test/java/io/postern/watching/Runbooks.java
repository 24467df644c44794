package io.postern.watching;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the pages of the alerts tell an operator to look at. */
final class Runbooks {

    private static final Pattern BLOCK = Pattern.compile("^```\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern OTHER = Pattern.compile("(select|kubectl|curl|psql|redis-cli|GET|POST|log:) .*");
    private static final Pattern LOG = Pattern.compile("log: \"([^\"]+)\".*");

    private final List<String> lines = new ArrayList<>();

    Runbooks() {
        Repository.files("docs/runbooks", ".md")
                .forEach(page -> BLOCK.matcher(Repository.text(page))
                        .results()
                        .flatMap(block -> block.group(1).lines())
                        .map(line -> line.replaceFirst("\\s+#.*", ""))
                        .forEach(lines::add));
    }

    /** Queries for Prometheus. */
    List<String> queries() {
        return lines.stream().filter(line -> !OTHER.matcher(line).matches()).toList();
    }

    /** Statements for Postgres. */
    List<String> statements() {
        return lines.stream().filter(line -> line.startsWith("select ")).toList();
    }

    /** How lines of the log begin. */
    List<String> logLines() {
        return lines.stream()
                .map(LOG::matcher)
                .filter(line -> line.matches())
                .map(line -> line.group(1))
                .toList();
    }

    String sourcesOfTheService() {
        try (var files = Files.walk(Repository.file("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Repository::text)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
