package io.postern.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
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
        postern.logs().forEach(file -> log.begins.put(file, length(file)));
        return log;
    }

    /** The entries that are errors or show a stack. */
    public List<String> entries() {
        var faults = new ArrayList<String>();
        begins.forEach((file, begin) -> since(file, begin)
                .lines()
                .filter(line -> line.contains("\"level\":\"ERROR\"")
                        || line.contains("\"level\":\"FATAL\"")
                        || line.contains("\"exception\":")
                        || line.contains("\\n    at "))
                .forEach(faults::add));
        return faults;
    }

    private static long length(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The logs of a set grow long, and some tests look after each of a thousand calls. */
    private static String since(Path file, long begin) {
        try (var channel = Files.newByteChannel(file)) {
            channel.position(begin);
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
