package io.postern.watching;

import io.postern.embedded.Build;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files of the repository. */
final class Repository {

    private Repository() {}

    static Path file(String name) {
        return Build.directory().resolveSibling("").resolve(name);
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(String name) {
        return text(file(name));
    }

    /** The files of a directory with that ending, by name. */
    static List<Path> files(String directory, String ending) {
        try (var files = Files.list(file(directory))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
