package io.postern.harness;

import io.postern.embedded.Build;
import io.postern.embedded.SeededClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the cache beside the packaged jar with which a JVM starts in about half the time (JEP 483, 514, 515): runs a copy
 * through sign-ins, and keeps which classes it loaded and which methods were hot. A JVM of another build ignores it.
 */
public final class TrainingRun {
    private static final int SIGN_INS = 40;
    private static final int SECONDS_TO_END = 60;

    private TrainingRun() {}

    public static void main(String[] arguments) throws Exception {
        if (!Build.isNative()) {
            Files.deleteIfExists(Build.aotCache());
            Path recording = Build.aotCache().resolveSibling("app.aotconf");
            record(recording);
            create(recording);
            Files.delete(recording);
        }
        System.exit(0); // the threads of the HTTP client would keep it
    }

    private static void record(Path recording) throws Exception {
        var usual = Postern.Options.DEFAULT;
        var options = new Postern.Options(
                1,
                usual.postgres(),
                usual.redis(),
                usual.environment(),
                List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recording),
                usual.core(),
                true);
        try (var postern = Postern.start(options)) {
            var person = Person.enrolled(postern, postern.api(SeededClient.DEMO_ADMIN));
            var correspondent = Correspondent.byMail(postern, postern.api(SeededClient.DEMO_ADMIN));
            for (int i = 0; i < SIGN_INS; i++) {
                person.verify(person.challenge(), person.code()).expect(200);
            }
            var challenge = correspondent.challenge();
            correspondent.verify(challenge, correspondent.code(challenge)).expect(200);
            Api.at(postern.first()).get("/q/metrics").expect(200);
            // What was seen is written at the end, which may take longer than a test would wait.
            var copy = postern.copy(0);
            ProcessHandle.of(copy.pid()).orElseThrow().destroy();
            copy.onExit().get(SECONDS_TO_END, TimeUnit.SECONDS);
        }
    }

    private static void create(Path recording) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin/java");
        int status = new ProcessBuilder(
                        java.toString(),
                        "-XX:AOTMode=create",
                        // It keeps two of them under one name, and each start would then warn in the midst of the log.
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:-AOTAdapterCaching",
                        "-XX:AOTConfiguration=" + recording,
                        "-XX:AOTCache=" + Build.aotCache(),
                        "-Xlog:aot=error",
                        "-Xlog:cds=error",
                        "-jar",
                        Build.artifact().toString())
                .inheritIO()
                .start()
                .waitFor();
        if (status != 0) {
            throw new IllegalStateException("The cache was not made: java ended with " + status);
        }
    }
}
