package io.postern.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;
import redis.embedded.RedisExecProvider;

/**
 * The executables of the stores, unpacked once under the build's output directory from the archives on the class path.
 *
 * <p>The libraries around these archives can start the servers too. That is not used: they unpack into a temporary
 * directory shared by all users of the machine, and they keep to themselves the processes, which have to be frozen,
 * killed and watched here.
 */
final class Binaries {
    private static final Pattern JAR = Pattern.compile("([^/]+)\\.jar!");

    private Binaries() {}

    /** Postgres' {@code bin} directory. */
    static Path postgres() {
        String architecture = architecture().equals("amd64") ? "x86_64" : "arm_64";
        return once("/postgres-linux-" + architecture + ".txz", Binaries::unpack)
                .resolve("bin");
    }

    /** The {@code redis-server} executable. */
    static Path redis() {
        String resource = "/redis-server-" + RedisExecProvider.redisVersion + "-linux-" + architecture();
        return once(resource, Binaries::copyExecutable);
    }

    private static String architecture() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String architecture = System.getProperty("os.arch");
        return switch (system + " " + architecture) {
            case "linux amd64" -> "amd64";
            case "linux aarch64" -> "arm64";
            default ->
                throw new IllegalStateException(
                        "The embedded Postgres and Redis run on Linux on amd64 and aarch64, not on " + system + " "
                                + architecture);
        };
    }

    interface Unpacking {
        void unpack(InputStream archive, Path target) throws IOException;
    }

    private static synchronized Path once(String resource, Unpacking unpacking) {
        URL url = required(Binaries.class.getResource(resource), resource);
        Path target = Build.directory().resolve("embedded").resolve(nameOfJar(url));
        if (!Files.exists(target)) {
            try (InputStream archive = url.openStream()) {
                place(archive, target, unpacking);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return target;
    }

    /** Made under another name first: a run that is ended half-way, or a second one beside it, does no harm. */
    static void place(InputStream archive, Path target, Unpacking unpacking) throws IOException {
        Path temporary = Files.createTempDirectory(Files.createDirectories(target.getParent()), "unpack-");
        try {
            unpacking.unpack(archive, temporary.resolve("unpacked"));
            Files.move(temporary.resolve("unpacked"), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // The run beside it was first. What a move onto a full directory throws differs by system.
            if (!Files.exists(target)) {
                throw e;
            }
        } finally {
            Directories.delete(temporary);
        }
    }

    private static URL required(@Nullable URL url, String resource) {
        if (url == null) {
            throw new IllegalStateException("Not on the class path: " + resource);
        }
        return url;
    }

    /** The jar's name holds the version, so that another version is unpacked beside the old one. */
    private static String nameOfJar(URL url) {
        Matcher jar = JAR.matcher(url.getPath());
        if (!jar.find()) {
            throw new IllegalStateException("Not in a jar: " + url);
        }
        return jar.group(1);
    }

    private static void copyExecutable(InputStream executable, Path target) throws IOException {
        Files.copy(executable, target);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void unpack(InputStream archive, Path target) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive));
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path path = target.resolve(entry.getName());
            if (entry.isDirectory()) {
                Files.createDirectories(path);
                continue;
            }
            Files.createDirectories(path.getParent());
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            } else {
                Files.copy(tar, path);
                boolean executable = (entry.getMode() & 0100) != 0;
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }
}
