package io.postern.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.postern.build.WrapperMachine.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How {@code mvnw} gets the pinned Maven and keeps it, on a made-up machine and without a network. */
final class MavenWrapperFetchTest {

    private final WrapperMachine machine;

    MavenWrapperFetchTest(@TempDir Path dir) throws IOException {
        machine = new WrapperMachine(dir);
        machine.jdk(".jdks/temurin-25", "25.0.3");
    }

    @Test
    void fetchesOnceThroughTheInstalledMavenAndIsSilentAfterwards() throws Exception {
        machine.installMvn();
        Run first = machine.run("verify");
        assertEquals(0, first.exitCode(), first.err());
        assertEquals(1, first.err().lines().count(), first.err());
        assertTrue(first.err().startsWith("mvnw: fetching Maven 9.9.9"), first.err());
        assertTrue(machine.mvnArguments().contains("-Dartifact=org.apache.maven:apache-maven:9.9.9:zip:bin"));

        machine.install("mvn", "exit 1");
        Run second = machine.run("verify");
        assertEquals(0, second.exitCode(), second.err());
        assertEquals("", second.err());
        assertEquals(1, kept().size());
    }

    @Test
    void handsTheInstalledMavenWhatSaysWhereThingsComeFromAndNothingElse() throws Exception {
        machine.installMvn();
        machine.with("MAVEN_ARGS", "-gs global.xml -T2")
                .run(
                        "-B",
                        "-s",
                        "my settings.xml",
                        "-Dmaven.repo.local=repo",
                        "-D",
                        "a=b",
                        "-pl",
                        ":x",
                        "-o",
                        "verify");
        List<String> arguments = machine.mvnArguments();
        List<String> own = List.of("-B", "-q", "-f");
        assertEquals(own, arguments.subList(0, 3));
        assertEquals(
                List.of("-gs", "global.xml", "-s", "my settings.xml", "-Dmaven.repo.local=repo", "-D", "a=b", "-o"),
                arguments.subList(4, arguments.size() - 3));
    }

    @Test
    void downloadsFromThePinnedAddressWhereThereIsNoMaven() throws Exception {
        machine.installCurl();
        Run run = machine.run();
        assertEquals(0, run.exitCode(), run.err());
        assertEquals("https://archive.invalid/apache-maven-9.9.9-bin.zip", machine.curledUrl());
    }

    @Test
    void downloadsWhereTheInstalledMavenCannotFetch() throws Exception {
        machine.install("mvn", "echo '[ERROR] no such mirror' && exit 1");
        machine.installCurl();
        Run run = machine.run();
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(1, kept().size());
    }

    @Test
    void asksTheRepositoryOfTheEnvironmentBeforeAllElse() throws Exception {
        machine.installMvn();
        machine.installCurl();
        Run run = machine.with("MVNW_REPOURL", "https://mirror.invalid/maven/").run();
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(
                "https://mirror.invalid/maven/org/apache/maven/apache-maven/9.9.9/apache-maven-9.9.9-bin.zip",
                machine.curledUrl());
    }

    @Test
    void downloadsNothingForAnOfflineBuild() throws Exception {
        machine.installCurl();
        assertRefuses("the build was told to be offline", machine.run("-o", "verify"));
    }

    @Test
    void saysSoWhenThereIsNothingToFetchWith() throws Exception {
        Run run = machine.run();
        assertRefuses("there is neither mvn nor curl nor wget", run);
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void saysWhyNobodyCouldFetch() throws Exception {
        machine.install("mvn", "echo '[INFO] x' && echo '[ERROR] no such mirror -> [Help 1]' && exit 1");
        machine.install("wget", "echo 'wget: bad address' >&2 && exit 1");
        assertRefuses("no such mirror ; wget: bad address", machine.run());
    }

    @Test
    void refusesAnArchiveWithAnotherChecksumAndKeepsNothing() throws Exception {
        machine.installMvn();
        machine.pin("ed41650d4248", 25);
        assertRefuses("is not the pinned one", machine.run());
    }

    @Test
    void saysSoWhereItMayNotWrite() throws Exception {
        machine.installMvn();
        Path file = Files.createFile(machine.home().resolve("a file"));
        Run run = machine.with("MAVEN_USER_HOME", file).run();
        assertRefuses("set MAVEN_USER_HOME", run);
    }

    @Test
    void twoFirstRunsAtOnceBothSucceedAndKeepOneMaven() throws Exception {
        Path bothFetch = machine.home().resolve("fetches");
        machine.installMvn();
        String serve = Files.readString(machine.home().resolveSibling("bin/mvn"));
        machine.install(
                "mvn",
                "echo >>'" + bothFetch + "'",
                "while [ ! -e '" + bothFetch + ".go' ]; do sleep 0.05; done",
                serve);
        Process one = machine.start(machine.mvnw());
        Process two = machine.start(machine.mvnw());
        await("both fetch", () -> Files.exists(bothFetch) && Files.size(bothFetch) == 2);
        Files.createFile(Path.of(bothFetch + ".go"));
        assertEquals(0, WrapperMachine.finish(one).exitCode());
        assertEquals(0, WrapperMachine.finish(two).exitCode());
        assertEquals(1, kept().size(), kept().toString());
    }

    @Test
    void anEndedFetchEndsItsMavenAndLeavesNothing() throws Exception {
        machine.install("mvn", "exec sleep 60");
        Process run = machine.start(machine.mvnw());
        await(
                "the fetch runs",
                () -> run.children()
                        .anyMatch(child -> child.info().command().orElse("").endsWith("sleep")));
        ProcessHandle sleep = run.children().findFirst().orElseThrow();
        run.toHandle().destroy(); // Process.destroy closes the streams too, which nobody's Ctrl-C does
        assertTrue(run.waitFor(10, TimeUnit.SECONDS), "mvnw waits for the fetch");
        Run ended = WrapperMachine.finish(run);
        assertEquals(143, ended.exitCode());
        assertEquals(1, ended.err().lines().count(), ended.err());
        assertFalse(sleep.isAlive());
        assertEquals(List.of(), kept());
    }

    private void assertRefuses(String why, Run run) throws IOException {
        assertEquals(1, run.exitCode());
        assertEquals("", run.out());
        String last = run.err().lines().reduce("", (earlier, later) -> later);
        assertTrue(last.startsWith("mvnw: ") && last.contains(why), run.err());
        assertEquals(List.of(), kept());
    }

    /** What stands on the shelf: finished Mavens, and leftovers of fetching. */
    private List<Path> kept() throws IOException {
        if (Files.notExists(machine.dists())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(machine.dists(), 3)) {
            return files.filter(file -> machine.dists().relativize(file).getNameCount() == 3)
                    .toList();
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(String what, Condition condition) throws IOException {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (!condition.holds()) {
            if (Instant.now().isAfter(deadline)) {
                fail("not within 20 s: " + what);
            }
            Thread.onSpinWait();
        }
    }
}
