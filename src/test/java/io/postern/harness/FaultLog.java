package io.postern.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the copies of a set log as faults from now on. */
public final class FaultLog {

    private final Map<Path, Long> begins = new HashMap<>();

    private FaultLog() {}

    public static FaultLog from(Postern postern) {
        var log = new FaultLog();
        postern.logs().forEach(file -> log.begins.put(file, (long) lines(file).size()));
        return log;
    }

    /** The entries that are errors or show a stack. */
    public List<String> entries() {
        var faults = new ArrayList<String>();
        begins.forEach((file, begin) -> lines(file).stream()
                .skip(begin)
                .filter(line -> line.contains("\"level\":\"ERROR\"")
                        || line.contains("\"level\":\"FATAL\"")
                        || line.contains("\"exception\":")
                        || line.contains("\\n    at "))
                .forEach(faults::add));
        return faults;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
