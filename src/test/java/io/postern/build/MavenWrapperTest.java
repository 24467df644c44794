package io.postern.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.postern.build.WrapperMachine.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which JDK {@code mvnw} picks, and how it becomes Maven, on a made-up machine. */
final class MavenWrapperTest {

    private final WrapperMachine machine;

    MavenWrapperTest(@TempDir Path dir) throws IOException {
        machine = new WrapperMachine(dir);
        machine.installMvn();
    }

    @Test
    void prefersJavaHomeWhereItFits() throws Exception {
        machine.jdk(".sdkman/candidates/java/25.0.3-tem", "25.0.3");
        Path newer = machine.jdk("anywhere", "26-ea");
        assertPicks(newer, machine.with("JAVA_HOME", newer).run());
    }

    @Test
    void usesAnotherJdkWhereJavaHomeIsTooOld() throws Exception {
        Path fit = machine.jdk(".sdkman/candidates/java/25.0.3-tem", "25.0.3");
        Path old = machine.jdk("jdk-17", "17.0.15");
        assertPicks(fit, machine.with("JAVA_HOME", old).run());
    }

    @Test
    void usesAnotherJdkWhereJavaHomeIsNowhere() throws Exception {
        Path fit = machine.jdk(".jdks/temurin-25.0.3", "25.0.3");
        assertPicks(fit, machine.with("JAVA_HOME", "/no/such/folder").run());
    }

    @Test
    void followsTheLinksOfTheJavaOnThePath() throws Exception {
        Path fit = machine.jdk("somewhere/jdk", "25.0.3");
        Path link = Files.createSymbolicLink(machine.home().resolve("alternative"), fit.resolve("bin/java"));
        machine.install("java", link);
        assertPicks(fit, machine.run());
    }

    @Test
    void usesAnotherJdkWhereTheJavaOnThePathIsTooOld() throws Exception {
        Path fit = machine.jdk(".local/share/mise/installs/java/25", "25");
        machine.install("java", machine.jdk("old", "17.0.15").resolve("bin/java"));
        assertPicks(fit, machine.run());
    }

    @Test
    void passesOverARuntimeWithoutACompiler() throws Exception {
        Files.delete(machine.jdk(".jdks/a-runtime", "25.0.3").resolve("bin/javac"));
        Path jdk = machine.jdk(".jdks/b-jdk", "25.0.3");
        assertPicks(jdk, machine.run());
    }

    @Test
    void asksTheJvmItselfWhereThereIsNoReleaseFile() throws Exception {
        Files.delete(machine.jdk(".jdks/a-old", "1.8.0_452").resolve("release"));
        Path fit = machine.jdk(".jdks/b-fit", "25");
        Files.delete(fit.resolve("release"));
        assertPicks(fit, machine.run());
    }

    @Test
    void takesTheLeastVersionAmongThoseThatNobodyNamed() throws Exception {
        machine.jdk(".sdkman/candidates/java/26-open", "26");
        Path least = machine.jdk(".jdks/temurin-25.0.3", "25.0.3");
        assertPicks(least, machine.run());
    }

    @Test
    void usesAJdk25OfTheSystemWhereJavaIs17() throws Exception {
        assumeTrue(systemHasJdk25(), "no JDK 25 under /usr/lib/jvm here");
        Path old = machine.jdk("jdk-17", "17.0.15");
        machine.install("java", old.resolve("bin/java"));
        Run run = machine.with("JAVA_HOME", old).run();
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("java=/usr/lib/jvm/"), run.out());
    }

    @Test
    void saysWhereItLookedWhenNoJdkFits() throws Exception {
        machine.pin("0", 999);
        Path old = machine.jdk(".jdks/temurin-25", "25.0.3");
        Run run = machine.with("JAVA_HOME", old).run();
        assertEquals(1, run.exitCode());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("mvnw: no JDK 999 or newer"), run.err());
        assertTrue(run.err().contains(old.toString()) && run.err().contains("set JAVA_HOME"), run.err());
    }

    @Test
    void letsAMavenrcSetOptionsButNotAnOldJdk() throws Exception {
        Path fit = machine.jdk(".jdks/temurin-25", "25.0.3");
        Path old = machine.jdk("jdk-17", "17.0.15");
        Files.writeString(machine.home().resolve(".mavenrc"), "JAVA_HOME='" + old + "'\nMAVEN_OPTS=-Xmx123m\n");
        Run run = machine.with("JAVA_HOME", fit).run();
        assertPicks(fit, run);
        assertTrue(run.out().contains("options=-Xmx123m skip=true"), run.out());
    }

    @Test
    void becomesMavenWithItsArgumentsAndItsExitCode() throws Exception {
        machine.jdk(".jdks/temurin-25", "25.0.3");
        Run run = machine.with("EXIT_WITH", 7).run("verify", "-Dname=two words", "");
        assertEquals(7, run.exitCode());
        assertTrue(run.out().contains("pid=" + run.pid() + "\n"), run.out());
        assertTrue(run.out().endsWith("arg=verify\narg=-Dname=two words\narg=\n"), run.out());
    }

    @Test
    void worksThroughALinkFromAnotherFolder() throws Exception {
        Path fit = machine.jdk(".jdks/temurin-25", "25.0.3");
        Path first = Files.createSymbolicLink(machine.home().resolve("first link"), machine.mvnw());
        Path second = Files.createSymbolicLink(machine.home().resolve("second"), first.getFileName());
        assertPicks(fit, WrapperMachine.finish(machine.start(second)));
    }

    @Test
    void needsNoHomeWhereTheMavenHomeIsNamed() throws Exception {
        Path fit = machine.jdk("jdk", "25.0.3");
        Path kept = machine.home().resolve("kept");
        machine.without("HOME").with("MAVEN_USER_HOME", kept).with("JAVA_HOME", fit);
        assertPicks(fit, machine.run());
        assertTrue(Files.isDirectory(kept.resolve("wrapper/dists/apache-maven-9.9.9-bin")));
    }

    @Test
    void asksForTheJdkThatThePomCompilesFor() throws Exception {
        Properties pins = new Properties();
        try (var file = Files.newBufferedReader(Path.of(".mvn/wrapper/maven-wrapper.properties"))) {
            pins.load(file);
        }
        String release = "<maven.compiler.release>" + pins.getProperty("javaVersion") + "</maven.compiler.release>";
        assertTrue(Files.readString(Path.of("pom.xml")).contains(release), release);
    }

    private static void assertPicks(Path jdk, Run run) {
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("java=" + jdk + "\n"), run.out());
    }

    private static boolean systemHasJdk25() throws IOException {
        Path folder = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> jdks = Files.list(folder)) {
            return jdks.anyMatch(MavenWrapperTest::isJdk25);
        }
    }

    private static boolean isJdk25(Path jdk) {
        try {
            return Files.isExecutable(jdk.resolve("bin/javac"))
                    && Files.readString(jdk.resolve("release")).contains("JAVA_VERSION=\"25");
        } catch (IOException e) {
            return false;
        }
    }
}
