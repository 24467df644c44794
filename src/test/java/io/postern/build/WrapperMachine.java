package io.postern.build;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A made-up machine for the Maven wrapper, all of it below one folder with a space in its name: a copy of {@code mvnw}
 * whose pin names a Maven that only prints how it was started, a home, and a PATH that holds the few system tools the
 * script needs and neither a JDK nor anything to fetch with. JDKs and tools are put there as a test asks for them.
 */
final class WrapperMachine {

    /** What a finished run said. */
    record Run(long pid, int exitCode, String out, String err) {}

    private static final String MAVEN = "apache-maven-9.9.9";
    private static final List<String> TOOLS = List.of(
            "chmod",
            "cp",
            "cut",
            "dirname",
            "getent",
            "id",
            "mkdir",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sh",
            "sha512sum",
            "shasum",
            "sleep",
            "tr");

    private final Path root;
    private final Map<String, String> environment = new TreeMap<>();

    WrapperMachine(Path dir) throws IOException {
        root = Files.createDirectories(dir.resolve("a machine"));
        Files.createDirectories(home());
        Files.createDirectories(root.resolve("bin"));
        for (String tool : TOOLS) {
            linkTool(tool);
        }
        environment.put("PATH", root.resolve("bin").toString());
        environment.put("HOME", home().toString());

        Files.createDirectories(mvnw().resolveSibling(".mvn/wrapper"));
        Files.copy(Path.of("mvnw"), mvnw());
        executable(mvnw());
        packMaven();
        pin(sha512(archive()), 25);
    }

    Path home() {
        return root.resolve("home");
    }

    Path mvnw() {
        return root.resolve("project/mvnw");
    }

    /** Where the wrapper keeps what it fetched. */
    Path dists() {
        return home().resolve(".m2/wrapper/dists");
    }

    WrapperMachine with(String variable, Object value) {
        environment.put(variable, value.toString());
        return this;
    }

    WrapperMachine without(String variable) {
        environment.remove(variable);
        return this;
    }

    /** Writes the pin: the checksum that the archive must have, and the least JDK. */
    void pin(String sha512, int leastJdk) throws IOException {
        Files.writeString(
                mvnw().resolveSibling(".mvn/wrapper/maven-wrapper.properties"), """
                # made up
                distributionUrl=https://archive.invalid/%s-bin.zip
                distributionSha512Sum=%s
                javaVersion=%d
                """.formatted(MAVEN, sha512, leastJdk));
    }

    /** Puts a JDK of this version into a folder of the home. */
    Path jdk(String folder, String version) throws IOException {
        Path jdk = home().resolve(folder);
        script(jdk.resolve("bin/java"), "echo 'openjdk version \"" + version + "\" 2025-09-16' >&2");
        script(jdk.resolve("bin/javac"), "exit 0");
        script(jdk.resolve("bin/jar"), "exec '" + System.getProperty("java.home") + "/bin/jar' \"$@\"");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"None\"\nJAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }

    /** Puts an {@code mvn} on the PATH that serves the archive as the dependency plugin's copy goal would. */
    void installMvn() throws IOException {
        script(
                root.resolve("bin/mvn"),
                "printf '%s\\n' \"$@\" >'" + root + "/mvn.args'",
                "for arg in \"$@\"; do",
                "  case $arg in -DoutputDirectory=*) cp '" + archive() + "' \"${arg#*=}\" ;; esac",
                "done");
    }

    /** The arguments that the installed {@code mvn} was last given. */
    List<String> mvnArguments() throws IOException {
        return Files.readAllLines(root.resolve("mvn.args"));
    }

    /** Puts a {@code curl} on the PATH that answers with the archive, and keeps the URL that it was asked for. */
    void installCurl() throws IOException {
        script(
                root.resolve("bin/curl"),
                "while [ $# -gt 1 ]; do",
                "  if [ \"$1\" = -o ]; then cp '" + archive() + "' \"$2\"; fi",
                "  shift",
                "done",
                "printf '%s\\n' \"$1\" >'" + root + "/curl.url'");
    }

    /** The URL that {@code curl} was last asked for. */
    String curledUrl() throws IOException {
        return Files.readString(root.resolve("curl.url")).strip();
    }

    /** Puts a script on the PATH. */
    void install(String tool, String... lines) throws IOException {
        script(root.resolve("bin").resolve(tool), lines);
    }

    /** Puts a link on the PATH. */
    void install(String tool, Path target) throws IOException {
        Files.createSymbolicLink(root.resolve("bin").resolve(tool), target);
    }

    Process start(Path script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    Run run(String... arguments) throws IOException, InterruptedException {
        return finish(start(mvnw(), arguments));
    }

    /** Waits for a run to end, a minute at most. */
    static Run finish(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("mvnw still runs after a minute");
        }
        return new Run(
                process.pid(),
                process.exitValue(),
                new String(process.getInputStream().readAllBytes(), UTF_8),
                new String(process.getErrorStream().readAllBytes(), UTF_8));
    }

    private Path archive() {
        return root.resolve(MAVEN + "-bin.zip");
    }

    private void linkTool(String tool) throws IOException {
        for (String folder : List.of("/usr/bin", "/bin")) {
            Path real = Path.of(folder, tool);
            if (Files.isExecutable(real)) {
                install(tool, real);
                return;
            }
        }
    }

    private void packMaven() throws IOException {
        try (OutputStream file = Files.newOutputStream(archive());
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry(MAVEN + "/bin/mvn"));
            zip.write("""
                    #!/bin/sh
                    echo "pid=$$"
                    echo "java=$JAVA_HOME"
                    echo "options=$MAVEN_OPTS skip=$MAVEN_SKIP_RC"
                    for arg in "$@"; do echo "arg=$arg"; done
                    exit "${EXIT_WITH:-0}"
                    """.getBytes(UTF_8));
        }
    }

    private static String sha512(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-512", e);
        }
    }

    private static void script(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        executable(file);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
