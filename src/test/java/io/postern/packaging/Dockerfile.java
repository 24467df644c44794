package io.postern.packaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The instructions of a Dockerfile, comments and continued lines taken out. */
final class Dockerfile {

    static final Path FOLDER = Path.of("src/main/docker");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Instruction> instructions;

    private Dockerfile(List<Instruction> instructions) {
        this.instructions = instructions;
    }

    /** @param name in capitals */
    record Instruction(String name, String arguments) {

        /** Separated by spaces, without the options in front. */
        List<String> words() {
            return Arrays.stream(arguments.split("\\s+"))
                    .dropWhile(word -> word.startsWith("--"))
                    .toList();
        }

        /** The command in its form without a shell; empty when it is in the form with one. */
        List<String> command() {
            try {
                return List.of(JSON.readValue(arguments, String[].class));
            } catch (JsonProcessingException e) {
                return List.of();
            }
        }

        boolean has(String option) {
            return Stream.of(arguments.split("\\s+")).anyMatch(word -> word.startsWith(option));
        }
    }

    static Dockerfile read(String name) {
        try {
            var text = Files.readString(FOLDER.resolve(name))
                    .replaceAll("(?m)^\\s*#.*\\R", "")
                    .replaceAll("\\\\\\R\\s*", "");
            return new Dockerfile(text.lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> line.split("\\s+", 2))
                    .map(parts -> new Instruction(parts[0], parts[1]))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Instruction> all(String name) {
        return select(instruction -> instruction.name().equals(name));
    }

    /** Those of the image that is made: from the last FROM on. */
    List<Instruction> image(String name) {
        var last = new ArrayList<Instruction>();
        for (var instruction : instructions) {
            if (instruction.name().equals("FROM")) {
                last.clear();
            }
            last.add(instruction);
        }
        return last.stream().filter(each -> each.name().equals(name)).toList();
    }

    /** What is copied from the machine that builds, as the paths stand there. */
    List<String> copied() {
        return all("COPY").stream()
                .filter(copy -> !copy.has("--from"))
                .flatMap(copy -> copy.words().stream().limit(copy.words().size() - 1L))
                .toList();
    }

    private List<Instruction> select(Predicate<Instruction> which) {
        return instructions.stream().filter(which).toList();
    }
}
