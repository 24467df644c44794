package io.postern.demo.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds the programs of this machine as a shell does. */
final class Program {
    private Program() {}

    /** The first of these that is on the {@code PATH}. */
    static Optional<Path> find(String... names) {
        List<String> directories =
                List.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1));
        return Arrays.stream(names)
                .flatMap(name ->
                        directories.stream().map(directory -> Path.of(directory).resolve(name)))
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .findFirst();
    }
}
