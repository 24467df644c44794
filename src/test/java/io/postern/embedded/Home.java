package io.postern.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A store's directory: its data, its log, and the number of its process. One JVM at a time holds it. What a former one
 * left running in it, because the whole of it was killed with its watchdog, is ended before anything new starts.
 */
final class Home implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Path directory;
    private final boolean temporary;
    private final FileChannel lock;

    private Home(Path directory, boolean temporary, FileChannel lock) {
        this.directory = directory;
        this.temporary = temporary;
        this.lock = lock;
    }

    /** Keeps what is in the directory. */
    static Home keptIn(Path directory) {
        return open(directory.toAbsolutePath(), false);
    }

    /** A fresh one that is removed when it is closed. */
    static Home temporaryIn(Path parent, String prefix) {
        try {
            return open(Files.createTempDirectory(parent, prefix), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Home open(Path directory, boolean temporary) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new IllegalStateException(directory + " is in use by another run");
            }
            return new Home(directory, temporary, channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    Path resolve(String name) {
        return directory.resolve(name);
    }

    /** Removes everything but the lock. */
    void clear() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            for (Path one : all.filter(path -> !path.endsWith(LOCK)).toList()) {
                Directories.delete(one);
            }
        }
    }

    Path directory() {
        return directory;
    }

    /** Remembers the running process for {@link #endOrphan(String)}. */
    void running(long pid) {
        try {
            Files.writeString(resolve("pid"), Long.toString(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process that a former run left in this directory, if there is one. */
    void endOrphan(String signal) {
        pidIn(resolve("pid")).filter(this::isOurs).ifPresent(pid -> {
            ProcessTree.signal(signal, List.of(pid));
            ProcessTree.signal("CONT", List.of(pid));
            if (!Await.holdsWithin(GRACE, () -> !ProcessTree.runs(pid))) {
                ProcessTree.signal("KILL", List.of(pid));
                Await.until(GRACE, "end of process " + pid, () -> !ProcessTree.runs(pid));
            }
        });
    }

    /** Whether the process works in this directory; its number alone may be someone else's by now. */
    boolean isOurs(long pid) {
        try {
            String commandLine = Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
            return List.of(commandLine.split("\0")).stream()
                    .anyMatch(argument -> Path.of(argument).startsWith(directory));
        } catch (IOException e) {
            return false;
        }
    }

    /** The number in the first line of a file that a server keeps while it runs. */
    static Optional<Long> pidIn(Path file) {
        try {
            return Files.readString(file).lines().findFirst().map(String::strip).map(Long::valueOf);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
            if (temporary) {
                Directories.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
