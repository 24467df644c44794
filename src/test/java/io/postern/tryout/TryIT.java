package io.postern.tryout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.demo.client.FactorRequest;
import io.postern.demo.client.PosternClient;
import io.postern.embedded.Await;
import io.postern.embedded.KeyFiles;
import io.postern.embedded.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The try-out as a person has it: a JVM that some other process, as Maven is, has started. */
final class TryIT {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration END = Duration.ofSeconds(20);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final int port = Ports.free();
    private final int demoPort = Ports.free();
    private List<String> options = List.of();

    @SuppressWarnings("NullAway.Init")
    private Process parent;

    @BeforeEach
    void chooseOptions() {
        options = List.of("-Dtry.port=" + port, "-Dtry.demo.port=" + demoPort, "-Dtry.directory=" + directory);
    }

    @AfterEach
    void endWhatATestLeftRunning() {
        if (parent != null) {
            parent.descendants().forEach(ProcessHandle::destroy);
            parent.destroy();
        }
    }

    /** A run takes its time to start, so each test ends one or two in a way of its own and looks at more than the end. */
    @Test
    void nothingIsLeftOfAKilledLauncherAndTheNextRunGoesOnWithItsDataUntilItsParentEnds() throws Exception {
        Running first = start();
        String keys = Files.readString(directory.resolve("keys/ring.jwks"));
        first.launcher().destroyForcibly();
        first.assertAllEnd();

        Running second = start();
        assertEquals(keys, Files.readString(directory.resolve("keys/ring.jwks")));
        parent.destroyForcibly();
        second.assertAllEnd();
    }

    /** The service is told of the mail server, and the demo shows what that has taken. */
    @Test
    void mailOfTheServiceIsInTheInboxOfTheDemo() throws Exception {
        Running running = start();
        try (var postern = new PosternClient(
                        URI.create("http://localhost:" + port), "demo-admin", "demo-secret", Clock.systemUTC());
                var browser = HttpClient.newHttpClient()) {
            postern.register("owner", "owner@example.com", "Owner", "en");
            postern.addFactor(
                    "owner",
                    new FactorRequest("email", "Email", Optional.of("owner@example.com"), "127.0.0.1"),
                    "once",
                    Optional.empty());

            var inbox = HttpRequest.newBuilder(URI.create("http://localhost:" + demoPort + "/inbox.json"))
                    .build();
            Await.until(
                    Duration.ofSeconds(20),
                    "mail in the inbox",
                    () -> body(browser, inbox).contains("\"to\":\"owner@example.com\""));
        }
        running.launcher().destroy();
        running.assertAllEnd();
    }

    private static String body(HttpClient browser, HttpRequest request) {
        try {
            return browser.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void deathOfTheServiceIsToldAndEndsEverythingAlsoOfARunThatBeganAfresh() throws Exception {
        KeyFiles.in(directory.resolve("keys"));
        String keys = Files.readString(directory.resolve("keys/ring.jwks"));
        Running running = start("-Dtry.fresh=true");
        assertNotEquals(keys, Files.readString(directory.resolve("keys/ring.jwks")));

        running.service().destroyForcibly();

        running.assertAllEnd();
        assertTrue(output().contains("The service has ended, and so does the try-out. Its log ends:"), output());
        assertEquals(1, exitValue());
    }

    @Test
    void takenPortIsToldInOneSentence() throws Exception {
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            launch();

            assertEquals(1, exitValue());
            assertTrue(taken.isBound());
            assertTrue(
                    output().strip()
                            .matches("The service cannot have port " + port
                                    + ", something else listens there: choose another with -Dtry.port=\\d+\\."),
                    output());
        }
    }

    private record Running(ProcessHandle launcher, List<ProcessHandle> all) {
        ProcessHandle service() {
            return launcher.children().filter(TryIT::isService).findFirst().orElseThrow();
        }

        void assertAllEnd() {
            Await.until(END, "end of " + all, () -> all.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    /** A try-out that has shown its banner. */
    private Running start(String... more) throws IOException {
        launch(more);
        Await.until(START, "banner", () -> !parent.isAlive() || output().contains("Ctrl-C ends everything."));
        ProcessHandle launcher = parent.children().findFirst().orElseThrow();
        assertEquals(4, launcher.children().count(), "watchdog, Postgres, Redis, service; output: " + output());
        return new Running(launcher, parent.descendants().toList());
    }

    private void launch(String... more) throws IOException {
        // With a command to follow, the shell stays the parent of the launcher.
        List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\"; exit $?", "sh"));
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(options);
        command.addAll(List.of(more));
        command.add("-Dbasedir=" + System.getProperty("basedir", ""));
        command.add("-Dnative=" + System.getProperty("native", "false"));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.add(Try.class.getName());
        Files.createDirectories(directory);
        parent = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
    }

    private int exitValue() throws InterruptedException {
        assertTrue(parent.waitFor(END.toSeconds(), TimeUnit.SECONDS));
        return parent.exitValue();
    }

    private String output() {
        try {
            return Files.readString(directory.resolve("output"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isService(ProcessHandle handle) {
        try {
            String commandLine = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "cmdline"));
            return commandLine.contains("quarkus-run.jar") || commandLine.contains("-runner");
        } catch (IOException e) {
            return false;
        }
    }
}
